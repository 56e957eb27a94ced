import type { Model, Timing } from '../../contract/index.ts'
import type { NetworkTensors, RawTensor } from '../../engine/protocol.ts'

/** A request of the line that brings tensors instead of a picture. */
export interface TensorRequest {
  inputs: RawTensor[]
  deadlineMs: number | undefined
}

/** What the network gave for it. */
export interface TensorAnswer {
  runId: string
  outputs: RawTensor[]
  timing: Timing
}

/** What an inference serves. */
export interface Served {
  model: Model
  /** What its network takes and gives; null while no instance is ready. */
  tensors: NetworkTensors | null
  isReady: boolean
}
