import type { OutputHealth, OutputTest, PredictAnswer, StoredOutput } from '../../contract/index.ts'
import type { DeliveryServices } from './deliveryQueue.ts'
import type { Output } from './output.ts'
import { QueuedOutput } from './queuedOutput.ts'
import { Webhook } from './webhook.ts'

/** What waits when a run ends is sent for at most so long. */
const drainMs = 3000

/** A kind of output is added here and to the contract's `newOutput`. */
function openOutput(setup: StoredOutput, version: string, services: DeliveryServices): Output {
  const kinds = { webhook: Webhook }
  return new QueuedOutput(setup, new kinds[setup.kind](setup, version), services)
}

/** The outputs of one run. */
export class RunOutputs {
  readonly #outputs: Output[]
  readonly #aborted = new AbortController()

  constructor(setups: readonly StoredOutput[], version: string, { logger, ...services }: DeliveryServices) {
    this.#outputs = setups.map((setup) => {
      const named = logger.child({ output: setup.name })
      return openOutput(setup, version, { ...services, logger: named })
    })
  }

  /** Never blocks, never throws. */
  offer(answer: PredictAnswer): void {
    for (const output of this.#outputs) output.offer(answer)
  }

  get health(): OutputHealth[] {
    return this.#outputs.map((output) => output.health)
  }

  /** Sends what waits, for a short time. */
  async close(): Promise<void> {
    const enough = AbortSignal.any([AbortSignal.timeout(drainMs), this.#aborted.signal])
    await Promise.all(this.#outputs.map((output) => output.close(enough)))
  }

  /** What waits is given up at once. */
  abort(): void {
    this.#aborted.abort()
  }
}

/** Sends one harmless message to an output that need not be saved. */
export async function testOutput(
  setup: StoredOutput,
  version: string,
  services: DeliveryServices
): Promise<OutputTest> {
  const output = openOutput(setup, version, services)
  try {
    return await output.test()
  } finally {
    await output.close(AbortSignal.abort())
  }
}
