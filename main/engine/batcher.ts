import { lengthOf, type InputTensor } from './inputTensor.ts'
import { ModelRefusal } from './modelRefusal.ts'
import type { BatchLimits } from './protocol.ts'
import type { RunResult, Session } from './session.ts'
import type { SessionOutput } from './sessionMessages.ts'

/** What one input's run gave, as if it had run alone; but `inferMs` is the whole batch's. */
export interface Computed {
  outputs: SessionOutput[]
  inferMs: number
}

interface Waiting {
  resolve: (computed: Computed) => void
  reject: (error: Error) => void
}

/** Inputs side by side in one buffer. */
interface Batch {
  data: Float32Array<ArrayBuffer>
  members: Waiting[]
  /** It waited for others as long as it may. */
  due: boolean
}

/**
 * Gathers inputs and runs them through one session, first come first served. A batch runs once it is full; or, with
 * nothing under way, once its first input has waited long enough: so while the session computes, what comes gathers.
 * Where a batch fails, its inputs run one by one, so that none fails for its neighbour's sake. With a largest batch of
 * one each input runs at once.
 */
export class Batcher {
  readonly #session: Pick<Session, 'run'>
  readonly #input: InputTensor
  readonly #length: number
  readonly #limits: BatchLimits
  readonly #free: Float32Array<ArrayBuffer>[] = []
  #open: Batch | undefined
  #running = 0

  constructor(session: Pick<Session, 'run'>, input: InputTensor, limits: BatchLimits) {
    this.#session = session
    this.#input = input
    this.#length = lengthOf(input.dims)
    this.#limits = limits
  }

  /**
   * Takes an input in. `computed` rejects where the session cannot run it, even alone.
   * @param fill Writes it, whole, and at once; where it throws, nothing was taken in.
   */
  add<T>(fill: (data: Float32Array) => T): { filled: T; computed: Promise<Computed> } {
    const batch = (this.#open ??= this.#newBatch())
    const from = batch.members.length * this.#length
    const filled = fill(batch.data.subarray(from, from + this.#length))
    const computed = new Promise<Computed>((resolve, reject) => batch.members.push({ resolve, reject }))
    if (batch.members.length === 1) this.#begin(batch)
    this.#consider()
    return { filled, computed }
  }

  #newBatch(): Batch {
    const data = this.#free.pop() ?? new Float32Array(this.#limits.largest * this.#length)
    return { data, members: [], due: this.#limits.waitMs === 0 }
  }

  #begin(batch: Batch): void {
    if (batch.due || this.#limits.largest === 1) return
    setTimeout(() => {
      batch.due = true
      this.#consider()
    }, this.#limits.waitMs)
  }

  #consider(): void {
    const batch = this.#open
    if (!batch || batch.members.length === 0) return
    const full = batch.members.length === this.#limits.largest
    if (!full && !(batch.due && this.#running === 0)) return
    this.#open = undefined
    this.#running++
    void this.#compute(batch).then(() => {
      this.#running--
      this.#consider()
    })
  }

  async #compute({ data, members }: Batch): Promise<void> {
    const ran = await this.#session.run(runOf(this.#input, members.length, data))
    const parts = partsOf(ran, members.length)
    if (!(parts instanceof Error)) parts.forEach((part, at) => members[at]?.resolve(part))
    else if (members.length === 1) members[0]?.reject(parts)
    else await this.#oneByOne(ran.data, members)
    this.#free.push(ran.data)
  }

  async #oneByOne(data: Float32Array<ArrayBuffer>, members: readonly Waiting[]): Promise<void> {
    for (const [at, { resolve, reject }] of members.entries()) {
      const own = data.slice(at * this.#length, (at + 1) * this.#length)
      const parts = partsOf(await this.#session.run(runOf(this.#input, 1, own)), 1)
      if (parts instanceof Error) reject(parts)
      else parts.forEach(resolve)
    }
  }
}

/** What the session is given for so many inputs, which lie one after the other in `data`. */
export function runOf({ name, type, dims, sizes }: InputTensor, count: number, data: Float32Array<ArrayBuffer>) {
  const [, ...rest] = dims
  return { input: name, type, dims: [count, ...rest], data, ...(sizes ? { sizes } : {}) }
}

/**
 * Runs the same input as often as a batch may have it.
 * @param data One input; it stays as it is.
 * @throws ModelRefusal MODEL_UNSUPPORTED where the model takes one picture at a time, whatever it declares
 */
export async function proveBatch(
  session: Pick<Session, 'run'>,
  input: InputTensor,
  data: Float32Array,
  { largest }: BatchLimits
): Promise<void> {
  if (!input.dynamicBatch) throw oneAtATime('its batch axis is fixed')
  const many = new Float32Array(largest * data.length)
  for (let at = 0; at < largest; at++) many.set(data, at * data.length)
  const parts = partsOf(await session.run(runOf(input, largest, many)), largest)
  if (parts instanceof Error) throw oneAtATime(parts.message)
}

function oneAtATime(why: string): ModelRefusal {
  const what = 'this model cannot take several pictures at a time; set the largest batch to 1'
  return new ModelRefusal('MODEL_UNSUPPORTED', `${what} (${why.slice(0, 300)})`)
}

/** The outputs of a batch as those of its inputs, each with a batch axis of one; or why there are none. */
function partsOf(ran: RunResult, count: number): Computed[] | Error {
  if (ran.error) return ran.error
  const { outputs, inferMs } = ran
  if (count === 1) return [{ outputs, inferMs }]
  const odd = outputs.find(({ dims }) => dims[0] !== count)
  if (odd) return new Error(`${odd.name} is [${odd.dims.join(', ')}] for ${count} pictures`)
  return Array.from({ length: count }, (_, at) => ({ outputs: outputs.map((one) => partOf(one, at, count)), inferMs }))
}

function partOf({ dims, data, ...words }: SessionOutput, at: number, count: number): SessionOutput {
  const length = data.length / count
  return { ...words, dims: [1, ...dims.slice(1)], data: data.subarray(at * length, (at + 1) * length) }
}
