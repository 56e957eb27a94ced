import type { Metadata, Prediction, Size, Timing, Verdict } from '../../contract/index.ts'

/** What is recorded of one request. */
export interface Recording {
  at: Date
  requestId: string
  /** `folder` is that of the import's row. */
  run: { id: string; importId: string; folder: string }
  project: string
  inference: { slug: string; name: string }
  model: { id: string; name: string; version: string }
  image: Uint8Array
  /** `jpeg`, `png`, … as told by the first bytes. */
  format: string
  size: Size
  predictions: Prediction[]
  reasons: string[]
  verdict: Verdict | null
  metadata: Metadata
  overridden: string[]
  timing: Timing
}
