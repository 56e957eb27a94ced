import type { HealthPart, Inference, InferenceStatus, Instance, OutputHealth } from '../../contract/index.ts'

/** How the parts of an inference's run stand. */
export function inferenceHealth(inference: Inference): HealthPart[] {
  return [
    statusPart(inference),
    modelPart(inference),
    ...inference.instances.map(instancePart),
    recorderPart(inference),
    ...inference.outputs.map(outputPart)
  ]
}

const statusHealth: Record<InferenceStatus, HealthPart['health']> = {
  healthy: 'good',
  failed: 'bad',
  stopped: 'off',
  queued: 'busy',
  preparing: 'busy',
  stopping: 'busy'
}

function statusPart({ status, reason, figures }: Inference): HealthPart {
  const queued = figures.queued > 0 ? [`${figures.queued} requests wait`] : []
  const says = [status, ...(reason === null ? [] : [reason]), ...queued].join(', ')
  return { part: 'run', health: statusHealth[status], says }
}

function modelPart({ model, nextModel, instances }: Inference): HealthPart {
  const isLoaded = instances.some(({ state }) => state === 'ready')
  const name = `“${model.name}” ${model.version}`
  if (nextModel && nextModel.failed !== null) {
    return { part: 'model', health: 'bad', says: `${name} goes on; “${nextModel.name}” failed: ${nextModel.failed}` }
  }
  return { part: 'model', health: isLoaded ? 'good' : 'off', says: `${name}, ${isLoaded ? 'loaded' : 'not loaded'}` }
}

function instancePart({ number, state, provider, fallback, requests, restarts, memoryBytes }: Instance): HealthPart {
  const says = [
    state === 'ready' ? `ready on ${provider ?? 'nothing known'}` : state,
    ...(fallback === null ? [] : [`nothing faster could be used: ${fallback}`]),
    ...(memoryBytes === null ? [] : [`${Math.round(memoryBytes / 1e6)} MB`]),
    `${requests} requests, ${restarts} restarts`
  ]
  return { part: `instance ${number}`, health: state === 'ready' ? 'good' : 'busy', says: says.join(', ') }
}

function recorderPart({ run, figures: { recorded, recordingFailures, dropped } }: Inference): HealthPart {
  const says = `${recorded} samples recorded, ${recordingFailures - dropped} late, ${dropped} lost`
  return { part: 'recorder', health: dropped > 0 ? 'bad' : run ? 'good' : 'off', says }
}

const outputStates: Record<OutputHealth['state'], HealthPart['health']> = { idle: 'off', ok: 'good', failing: 'bad' }

function outputPart({ name, state, lastError, queued, delivered, failed, dropped }: OutputHealth): HealthPart {
  const counts = `${delivered} delivered, ${queued} wait, ${failed} refused, ${dropped} dropped`
  const says = state === 'failing' && lastError !== null ? `${lastError}, ${counts}` : counts
  return { part: `output “${name}”`, health: outputStates[state], says }
}
