import type { Inference, LatestPrediction, LogRecord, NewSetup, PredictAnswer, Setup } from '../../contract/index.ts'

/** One request of the line. */
export interface PredictRequest {
  requestId: string
  image: Uint8Array
  /** Overrides the setup's metadata, key by key. */
  metadata: Record<string, string>
  deadlineMs: number | undefined
  /** A person's try: not sampled, not counted, and the line's requests go first. */
  isTry: boolean
}

/** Saved setups and their runs. */
export declare class Inferences {
  list(project?: string): Promise<Inference[]>
  get(slug: string): Promise<Inference>
  create(given: NewSetup): Promise<Inference>
  setup(slug: string): Promise<Setup>
  change(slug: string, given: NewSetup): Promise<Setup>
  remove(slug: string): Promise<void>
  start(slug: string): Promise<Inference>
  stop(slug: string, reason: string): Promise<Inference>
  predict(slug: string, request: PredictRequest): Promise<PredictAnswer>
  latest(slug: string): LatestPrediction[]
  latestImage(slug: string, requestId: string): Uint8Array
  logs(slug: string): LogRecord[]
  /** Names of runs that should be up and are not healthy. */
  waitingFor(): Promise<string[]>
}
