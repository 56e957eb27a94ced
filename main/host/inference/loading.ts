import type { Model, Setup } from '../../contract/index.ts'
import type { LoadMessage, Provider } from '../../engine/protocol.ts'
import type { ResourceNeeds } from './scheduler.ts'

/** A session takes about this share of the weights; a bare engine process this much. Measured. */
const weightsFactor = 1.1
const processBytes = 80 * 1024 * 1024

/**
 * What a run's engines compute with, the most wanted first; each is tried, the CPU always works. Only what
 * onnxruntime-node has for the platform: no CUDA on Windows. TensorRT is not asked for, as it builds its engine for
 * minutes at each start; nor WebGPU on Linux, where a driver that computes on the CPU passes for a GPU.
 */
export function providersFor(gpu: boolean, platform: NodeJS.Platform): Provider[] {
  if (!gpu) return ['cpu']
  if (platform === 'darwin') return ['coreml', 'webgpu', 'cpu']
  if (platform === 'win32') return ['directml', 'webgpu', 'cpu']
  return ['cuda', 'cpu']
}

/** The message that loads a setup's model into an engine. */
export function loadOf(
  { setup, model, modelPath }: { setup: Setup; model: Model; modelPath: string },
  pixelLimit: number
): Omit<LoadMessage, 'kind'> {
  return {
    modelPath,
    ...(model.dataFiles && { externalData: model.dataFiles }),
    spec: model.spec,
    parameters: setup.parameters,
    classThresholds: resolvedThresholds(setup),
    ...(setup.sampling.confidence && { candidateFloor: setup.sampling.confidence.from }),
    ...(setup.sizeMeasurement.enabled && { sizeThresholds: setup.sizeMeasurement.thresholds }),
    threads: setup.general.threads,
    ...(setup.general.largestBatch > 1 && {
      batch: { largest: setup.general.largestBatch, waitMs: setup.general.batchWaitMs }
    }),
    providers: providersFor(setup.general.gpu, process.platform),
    pixelLimit
  }
}

/** The least confidence at which each class is believed; a class that is absent is never unknown. */
export function resolvedThresholds({ classThresholds }: Setup): Record<string, number> {
  return classThresholds.source === 'manual' ? classThresholds.values : {}
}

/** An estimate, for admission. */
export function needsOf({ setup: { general }, model }: { setup: Setup; model: Model }): ResourceNeeds {
  return {
    threads: general.instances * general.threads,
    memoryBytes: general.instances * (processBytes + weightsFactor * model.bytes),
    gpu: general.gpu
  }
}
