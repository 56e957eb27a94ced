import { setImmediate as afterAnswering } from 'node:timers/promises'
import type { OutputHealth, OutputTest, PredictAnswer, StoredOutput } from '../../contract/index.ts'
import { withMasks } from '../inference/maskForms.ts'
import { DeliveryQueue, type DeliveryServices } from './deliveryQueue.ts'
import type { Output, Sender } from './output.ts'

const mostBytes = 32 * 1024 * 1024

/** An output that sends the chosen results as JSON, each as its own delivery. */
export class QueuedOutput implements Output {
  readonly #setup: StoredOutput
  readonly #sender: Sender
  readonly #queue: DeliveryQueue

  constructor(setup: StoredOutput, sender: Sender, services: DeliveryServices) {
    const { queue, maxAgeSeconds } = setup
    this.#setup = setup
    this.#sender = sender
    this.#queue = new DeliveryQueue(sender, { queue, mostBytes, maxAgeMs: maxAgeSeconds * 1000 }, services)
  }

  offer(answer: PredictAnswer): void {
    // The answer is on its way to the line before it is written out once more.
    if (isWanted(this.#setup, answer)) setImmediate(() => this.#queue.offer(this.#bodyOf(answer)))
  }

  get health(): OutputHealth {
    const { id, name, kind } = this.#setup
    return { id, name, kind, ...this.#queue.health }
  }

  test(): Promise<OutputTest> {
    return this.#sender.test()
  }

  async close(enough: AbortSignal): Promise<void> {
    await afterAnswering()
    await this.#queue.close(enough)
    this.#sender.close()
  }

  #bodyOf(answer: PredictAnswer): Uint8Array {
    return Buffer.from(JSON.stringify({ ...answer, predictions: withMasks(answer.predictions, this.#setup.masks) }))
  }
}

function isWanted({ when }: StoredOutput, { verdict }: PredictAnswer): boolean {
  return when === 'all' || (verdict !== null && when.verdicts.includes(verdict.outcome))
}
