import { PictureError } from '../base/picture/picture.ts'
import { Model } from './model.ts'
import { ModelRefusal } from './modelRefusal.ts'
import { readModelFacts } from './onnx/readModelFacts.ts'
import { proposeSpec } from './proposeSpec.ts'
import type { FromEngine, LoadMessage, PredictMessage, ToEngine } from './protocol.ts'
import { TensorError } from './rawTensors.ts'

/** Answers the host's messages. It knows neither process nor channel, so that tests can hold it by hand. */
export class Engine {
  readonly #send: (message: FromEngine) => void
  readonly #underWay = new Set<Promise<void>>()
  #model: Model | undefined

  constructor(send: (message: FromEngine) => void) {
    this.#send = send
  }

  /** How long the present run of the session has taken; null where none is under way. */
  get computingMs(): number | null {
    return this.#model?.session.computingMs ?? null
  }

  /** Resolves once the message is answered; after `stop`, once everything is. */
  async receive(message: ToEngine): Promise<void> {
    if (message.kind === 'stop') return this.#stop()
    const answered = this.#answer(message)
    this.#underWay.add(answered)
    await answered
    this.#underWay.delete(answered)
  }

  #answer(message: Exclude<ToEngine, { kind: 'stop' }>): Promise<void> {
    if (message.kind === 'load') return this.#load(message)
    if (message.kind === 'inspect') return this.#inspect(message)
    if (message.kind === 'infer') return this.#infer(message)
    return this.#predict(message)
  }

  async #load(message: LoadMessage): Promise<void> {
    const begun = performance.now()
    try {
      this.#model = await Model.load(message, () => this.#send({ kind: 'opened' }))
      const { session, dynamicBatch, warmUpMs, tensors } = this.#model
      const { provider, fallback } = session
      const loadMs = performance.now() - begun
      this.#send({ kind: 'ready', provider, fallback, dynamicBatch, loadMs, warmUpMs, tensors })
    } catch (error) {
      this.#loadFailed(error)
    }
  }

  async #inspect({ modelPath, externalData, fileName }: Extract<ToEngine, { kind: 'inspect' }>): Promise<void> {
    try {
      const { inputs, outputs, metadata, opset } = await readModelFacts(modelPath, externalData)
      const proposal = proposeSpec({ inputs, outputs, metadata }, fileName)
      this.#send({ kind: 'inspected', inputs: [...inputs], outputs: [...outputs], metadata, opset, proposal })
    } catch (error) {
      this.#loadFailed(error)
    }
  }

  #loadFailed(error: unknown): void {
    const refusal = error instanceof ModelRefusal ? error : new ModelRefusal('ENGINE_FAULT', messageOf(error))
    const { code, message, permanent } = refusal
    this.#send({ kind: 'load-failed', code, message, permanent })
  }

  async #predict({ id, image, masks }: PredictMessage): Promise<void> {
    try {
      if (!this.#model) throw new Error('no model is loaded')
      this.#send({ kind: 'result', id, ...(await this.#model.predict(image, masks)) })
    } catch (error) {
      if (error instanceof PictureError) this.#send({ kind: 'refused', id, code: error.code, detail: error.message })
      else this.#send({ kind: 'failed', id, detail: messageOf(error) })
    }
  }

  async #infer({ id, inputs }: Extract<ToEngine, { kind: 'infer' }>): Promise<void> {
    try {
      if (!this.#model) throw new Error('no model is loaded')
      this.#send({ kind: 'tensors', id, ...(await this.#model.infer(inputs)) })
    } catch (error) {
      if (error instanceof TensorError) {
        this.#send({ kind: 'refused', id, code: 'INVALID_REQUEST', detail: error.message })
      } else this.#send({ kind: 'failed', id, detail: messageOf(error) })
    }
  }

  async #stop(): Promise<void> {
    await Promise.all(this.#underWay)
    await this.#model?.session.close()
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
