/** Why a model cannot be used, as the engine's `load-failed` says it. */
export type ModelRefusalCode = 'MODEL_UNREADABLE' | 'MODEL_UNSUPPORTED' | 'MODEL_MISSING' | 'ENGINE_FAULT'

/** A model that cannot be used; all but ENGINE_FAULT stay so until a person changes something. */
export class ModelRefusal extends Error {
  readonly code: ModelRefusalCode

  constructor(code: ModelRefusalCode, message: string) {
    super(message)
    this.name = 'ModelRefusal'
    this.code = code
  }

  get permanent(): boolean {
    return this.code !== 'ENGINE_FAULT'
  }
}

/** `name float32 [1, 3, 640, 640]`, for messages. */
export function shapeWords(tensor: { name: string; type: string; shape: readonly (number | string | null)[] }): string {
  return `${tensor.name} ${tensor.type} [${tensor.shape.map((axis) => axis ?? '?').join(', ')}]`
}
