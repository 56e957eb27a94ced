import type { Family, Parameters } from '../../contract/families.ts'
import type { ModelSpec, ProposedSpec, SpecSource, TensorInfo } from '../../contract/model.ts'
import type { Prediction } from '../../contract/prediction.ts'
import type { MaskForm } from '../geometry/toMask.ts'
import type { Placement } from '../preprocess/placement.ts'

/** A tensor that came out of a session, as 32-bit floats. */
export interface OutputTensor {
  name: string
  dims: readonly number[]
  data: Float32Array
}

/** A prediction before class thresholds. */
export type RawPrediction = Omit<Prediction, 'unknown'>

/** What the session's outputs become; geometry in px of the original image. */
export type Decoder = (outputs: readonly OutputTensor[], placement: Placement, masks: MaskForm) => RawPrediction[]

/** What a model file says of itself. */
export interface ModelFacts {
  inputs: readonly TensorInfo[]
  outputs: readonly TensorInfo[]
  metadata: Readonly<Record<string, string>>
}

/** What a family makes of a file: the spec's fields and where each comes from. */
export interface Recognition {
  spec: Pick<ProposedSpec, 'task' | 'family' | 'classes' | 'options'> & { input: ProposedSpec['input'] }
  sources: Record<string, SpecSource>
}

/** How one family of models is read. Adding one: CONTRIBUTING.md. */
export interface FamilyReader {
  family: Family
  /** Null where the file is certainly, or too probably, not of this family. */
  recognise(facts: ModelFacts): Recognition | null
  /** The shape of outputs that it reads, in words, for refusals. */
  expects: string
  /**
   * Prepares decoding.
   * @param probe The outputs of the warm-up run, by which layout and activation are told.
   * @param candidateFloor Where it is below the confidence floor, what lies between is decoded too and flagged; it
   *   must not change what is answered.
   * @throws ModelRefusal MODEL_UNSUPPORTED
   */
  open(
    spec: ModelSpec,
    parameters: Parameters,
    facts: ModelFacts,
    probe: readonly OutputTensor[],
    candidateFloor?: number
  ): Decoder
}
