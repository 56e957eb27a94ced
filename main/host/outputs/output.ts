import type { OutputHealth, OutputTest, PredictAnswer } from '../../contract/index.ts'

/** Where the results of a run are sent on to (F13c): a webhook today; MQTT, files and Modbus answer to the same. */
export interface Output {
  /** Takes a result to be sent later. Never blocks and never throws: no prediction waits for a receiver. */
  offer(answer: PredictAnswer): void
  readonly health: OutputHealth
  /** Sends one harmless message, past the queue. */
  test(): Promise<OutputTest>
  /** Takes nothing more; sends what waits until the signal says that it is enough, then gives up what is left. */
  close(enough: AbortSignal): Promise<void>
}

/** One result on its way. */
export interface Delivery {
  /** A ULID, the same at each try. */
  id: string
  body: Uint8Array
  /** 1 for the first. */
  attempt: number
}

/** What came of one try. `afterMs`: what the receiver asks for, null where it says nothing. */
export type Attempt =
  { kind: 'delivered' } | { kind: 'refused'; error: string } | { kind: 'again'; error: string; afterMs: number | null }

/** How a kind of output speaks to its receiver. */
export interface Sender {
  /** One try. Never throws; ends early once the signal says so. */
  send(delivery: Delivery, signal: AbortSignal): Promise<Attempt>
  test(): Promise<OutputTest>
  close(): void
}
