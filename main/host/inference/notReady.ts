import { Refusal } from '../refusal.ts'
import type { RunState } from './runState.ts'

/** Why a run takes no requests; null where it does. */
export function notReady(slug: string, { status, reason, nextTryAt }: RunState): Refusal | null {
  if (status === 'healthy') return null
  if (status === 'stopped' || status === 'stopping') return notRunning(slug, status)
  const retryAfterSeconds = Math.max(1, Math.ceil(((nextTryAt ?? 0) - Date.now()) / 1000))
  const detail = `“${slug}” is ${status}${reason === null ? '' : ` (${reason})`}; send it again when it is healthy`
  return new Refusal('INFERENCE_NOT_READY', detail, { inferenceStatus: status, retryAfterSeconds })
}

/** The refusal of a request to an inference that is not up. */
export function notRunning(slug: string, status: 'stopped' | 'stopping'): Refusal {
  return new Refusal('INFERENCE_NOT_RUNNING', `“${slug}” is ${status}; start it first`, { inferenceStatus: status })
}
