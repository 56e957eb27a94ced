import type { InferenceStatus } from '../../contract/index.ts'
import { Refusal } from '../refusal.ts'

/** Why the dispatcher refuses a request. */

export function refusedImage(): Refusal {
  const detail =
    'three engines died over exactly this picture; it may be tried again once that is cleared on the inference’s page'
  return new Refusal('IMAGE_REFUSED', detail)
}

export function enginesDied(inferenceStatus: InferenceStatus): Refusal {
  return new Refusal('INFERENCE_NOT_READY', 'two engines died while they worked on this request; send it again', {
    inferenceStatus,
    retryAfterSeconds: 1
  })
}

export function deadlineExceeded(ms: number): Refusal {
  return new Refusal(
    'DEADLINE_EXCEEDED',
    `no answer within the deadline of ${ms} ms; raise it, or send fewer at a time`
  )
}

export function stoppedMeanwhile(): Refusal {
  return new Refusal('INFERENCE_NOT_RUNNING', 'the inference was stopped before this request could be answered', {
    inferenceStatus: 'stopping'
  })
}
