import type { Logger } from '../../base/logger.ts'

export type RecordingTroubleCode = 'RECORDING_LATE' | 'RECORDING_FAILED' | 'STORAGE_FULL'

/** A line of the log for each kind of trouble at most this often; a full disk at the weekend must not fill the log. */
const quietMs = 10_000

const words: Record<RecordingTroubleCode, string> = {
  RECORDING_LATE: 'a sample was not on disk in time, so its answer went out without it; it is still being recorded',
  RECORDING_FAILED: 'a sample could not be recorded',
  STORAGE_FULL: 'the disk has too little room: samples are not recorded, predictions go on'
}

/** Counts what went wrong with recordings, and says so in the log without flooding it. */
export class RecordingTrouble {
  readonly #logger: Logger
  readonly #count: (code: RecordingTroubleCode) => void
  readonly #said = new Map<RecordingTroubleCode, { at: number; since: number }>()

  constructor(logger: Logger, count: (code: RecordingTroubleCode) => void) {
    this.#logger = logger
    this.#count = count
  }

  happened(code: RecordingTroubleCode, cause?: unknown): void {
    this.#count(code)
    const said = this.#said.get(code)
    const now = performance.now()
    if (said && now - said.at < quietMs) return void said.since++
    this.#said.set(code, { at: now, since: 0 })
    this.#say(code, said?.since ?? 0, cause)
  }

  #say(code: RecordingTroubleCode, unsaid: number, cause: unknown): void {
    const more = unsaid > 0 ? ` (and ${unsaid} times since this was last said)` : ''
    const why = cause instanceof Error ? `: ${cause.message}` : ''
    this.#logger[code === 'RECORDING_LATE' ? 'warn' : 'error'](`${words[code]}${why}${more}`)
  }
}
