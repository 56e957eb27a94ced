import { bytesInWords } from './words.ts'

/**
 * When an engine process is given up. Each limit is generous: an engine that only computes slowly must not be taken for
 * one that hangs.
 */
export interface InstanceLimits {
  /** From the start of the process to `ready`. */
  startMs: number
  /** Once it is ready, it must say something at least this often; it tells its usage every second. */
  silentMs: number
  /** A single run of the session may take this long, or `slowestFactor` times the slowest one of late. */
  runMs: number
  /** Without any answer while requests are under way, whatever else it says. */
  answerMs: number
  /** From the wish to stop to the kill. */
  stopMs: number
  /** Resident memory in bytes; null: by what it used once it was ready. */
  memoryBytes: number | null
}

/** Against the slowest run so far, its warm-up included: more than any load on the workstation makes of it. */
export const slowestFactor = 20

const seconds = (ms: number, least: number, most: number) => Math.min(most, Math.max(least, ms / 1000)) * 1000

/**
 * The limits of a setup. An engine that hangs is found at half of the deadline where that is long enough to be sure,
 * so that the requests in it can still be given to another one.
 */
export function instanceLimits({ deadlineMs, memoryLimitMb }: GivenLimits): InstanceLimits {
  return {
    startMs: 120_000,
    silentMs: seconds(deadlineMs / 2, 5, 60),
    runMs: seconds(deadlineMs / 2, 1, 5),
    answerMs: Math.max(120_000, 2 * deadlineMs),
    stopMs: 5000,
    memoryBytes: memoryLimitMb === undefined ? null : memoryLimitMb * 1024 * 1024
  }
}

interface GivenLimits {
  deadlineMs: number
  memoryLimitMb?: number | undefined
}

/** Room for the largest pictures: two of 100 million pixels are being decoded, and their masks. */
const pictureRoomBytes = 1024 ** 3

/** Where no limit is set: twice what the instance used once it was ready, and room for pictures. */
export function memoryLimitOf(limit: number | null, readyBytes: number): number {
  return limit ?? 2 * readyBytes + pictureRoomBytes
}

export function tooMuchMemory(usedBytes: number, limitBytes: number): string {
  return `it used ${bytesInWords(usedBytes)} of memory, over its limit of ${bytesInWords(limitBytes)}`
}
