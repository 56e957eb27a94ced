import { rawVersion, type Model, type V2ModelMetadata, type V2TensorMetadata } from '../../../contract/index.ts'
import type { Served } from '../../inference/tensorRequest.ts'
import { Refusal } from '../../refusal.ts'
import { pictureInput, pictureOutputsOf } from './pictureTensors.ts'
import { toDatatype } from './tensor.ts'

const platform = 'onnxruntime_onnx'

/** The version under which an inference takes pictures: its model's, or `1` where that has none. */
export function versionOf({ spec }: Model): string {
  return spec.version === '' || spec.version === rawVersion ? '1' : spec.version
}

/** @throws Refusal NOT_FOUND for a version that an inference does not have */
export function mustHaveVersion(slug: string, { model }: Served, version: string | undefined): void {
  const versions = [versionOf(model), rawVersion]
  if (version === undefined || versions.includes(version)) return
  throw new Refusal('NOT_FOUND', `“${slug}” has no version “${version}”; it has ${versions.join(' and ')}`)
}

/**
 * What an inference takes and gives: a picture and predictions, or, as its version `raw`, its network's tensors.
 * @throws Refusal NOT_FOUND, INFERENCE_NOT_READY where the network is not loaded
 */
export function modelMetadata(slug: string, served: Served, version: string | undefined): V2ModelMetadata {
  mustHaveVersion(slug, served, version)
  const { model, tensors } = served
  const about = { name: slug, versions: [versionOf(model), rawVersion], platform }
  if (version !== rawVersion) return { ...about, inputs: [pictureInput], outputs: pictureOutputsOf(model.spec) }
  if (tensors) return { ...about, ...describeNetwork(tensors) }
  throw new Refusal(
    'INFERENCE_NOT_READY',
    `the network of “${slug}” is not loaded; its tensors are known while it runs`
  )
}

/** The network's own tensors in the protocol's words. */
export function describeNetwork(tensors: NonNullable<Served['tensors']>) {
  return { inputs: tensors.inputs.map(described), outputs: tensors.outputs.map(described) }
}

function described({ name, type, shape }: NonNullable<Served['tensors']>['inputs'][number]): V2TensorMetadata {
  return {
    name,
    datatype: toDatatype(type),
    shape: shape.map((length) => (typeof length === 'number' ? length : -1))
  }
}
