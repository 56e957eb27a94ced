import type { Generated } from 'kysely'

/** The rows of the database, as SQLite gives them. */

export interface ProjectRow {
  id: string
  name: string
  task: string
  classes: string
  created_at: number
}

/** `instance_bytes`: what an instance of an earlier run used at its most; null before the first. */
export interface ModelRow {
  id: string
  project_id: string
  spec: string
  file_name: string
  sha256: string
  bytes: number
  data_files: string
  /** 0 or 1; null where the model came before this was asked. */
  dynamic_batch: number | null
  opset: number | null
  is_default: number
  created_at: number
  instance_bytes: number | null
}

/** A value that a person has set, as JSON. */
export interface SettingRow {
  key: string
  value: string
}

/** `digest`: SHA-256 of the key as it is sent, in hex; `scopes`: JSON. */
export interface ApiKeyRow {
  id: string
  name: string
  scopes: string
  digest: string
  created_at: number
}

/** `aim`, `basis` and `classes` are JSON. The model may have been deleted since. */
export interface OptimizationRow {
  id: string
  project_id: string
  model_id: string
  model_name: string
  model_version: string
  at: number
  aim: string
  basis: string
  classes: string
}

/** `id` is given by SQLite. */
export interface RunStateRow {
  id: Generated<number>
  run_id: string
  at: number
  status: string
  reason: string | null
}

/** `wanted`: the run should be up, also after the host starts again (F18). */
export interface InferenceRow {
  slug: string
  project_id: string
  model_id: string
  name: string
  setup: string
  wanted: number
  created_at: number
  stopped_at: number | null
  stop_reason: string | null
}

/** `class_thresholds`: as they were resolved when the run started, JSON. */
export interface RunRow {
  id: string
  inference_slug: string
  inference_name: string
  project_id: string
  model_id: string
  model_name: string
  setup: string
  started_at: number
  ended_at: number | null
  end_reason: string | null
  class_thresholds: string | null
}

/** `samples`, `bytes`, `first_at`, `last_at` are kept by the transaction that adds or removes samples. */
export interface ImportRow {
  id: string
  project_id: string
  run_id: string | null
  name: string
  folder: string
  origin: string
  created_at: number
  samples: number
  bytes: number
  first_at: number | null
  last_at: number | null
}

/** `file` is relative to the import's folder. */
export interface SampleRow {
  id: string
  project_id: string
  import_id: string
  run_id: string | null
  inference_slug: string | null
  inference_name: string | null
  model_id: string | null
  model_name: string | null
  model_version: string | null
  request_id: string
  at: number
  file: string
  format: string
  bytes: number
  width: number
  height: number
  predictions: string
  reasons: string
  verdict: string | null
  verdict_rule: string | null
  metadata: string
  overridden: string
  timing: string
}

/** Written about once a second; see `ShiftCounters`. */
export interface ShiftCounterRow {
  inference_slug: string
  ok: number
  warn: number
  ng: number
  errors: number
  since: number
}

/** What happened in `step` seconds from `at`; `counts` and `latencies` are JSON. */
export interface FigureRow {
  inference_slug: string
  step: number
  at: number
  counts: string
  latencies: string
  most_queued: number
}

/** The last requests of an inference, bounded, as JSON. */
export interface RecentRequestsRow {
  inference_slug: string
  requests: string
}

export interface Tables {
  projects: ProjectRow
  models: ModelRow
  optimizations: OptimizationRow
  inferences: InferenceRow
  runs: RunRow
  imports: ImportRow
  samples: SampleRow
  settings: SettingRow
  api_keys: ApiKeyRow
  run_states: RunStateRow
  shift_counters: ShiftCounterRow
  figures: FigureRow
  recent_requests: RecentRequestsRow
}
