/** A step of the database's schema; numbers only grow, and a released step never changes. */
export interface Migration {
  number: number
  name: string
  sql: string
}

/**
 * Times are stored as epoch milliseconds, JSON as text that the contract's schemas parse when it is read.
 * `samples` is the truth about recorded pictures; a picture without a row is not a sample.
 */
export const migrations: Migration[] = [
  {
    number: 1,
    name: 'projects, models, inferences, runs, imports, samples',
    sql: `
CREATE TABLE projects (
  id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, task TEXT NOT NULL, classes TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE models (
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects (id), spec TEXT NOT NULL, file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, is_default INTEGER NOT NULL, created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX models_project ON models (project_id);
CREATE TABLE inferences (
  slug TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects (id), model_id TEXT NOT NULL REFERENCES models (id),
  name TEXT NOT NULL COLLATE NOCASE, setup TEXT NOT NULL, wanted INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL,
  stopped_at INTEGER, stop_reason TEXT, UNIQUE (project_id, name)
) STRICT;
CREATE INDEX inferences_model ON inferences (model_id);
CREATE TABLE runs (
  id TEXT PRIMARY KEY, inference_slug TEXT NOT NULL, inference_name TEXT NOT NULL,
  project_id TEXT NOT NULL REFERENCES projects (id), model_id TEXT NOT NULL, model_name TEXT NOT NULL,
  setup TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER, end_reason TEXT
) STRICT;
CREATE INDEX runs_project ON runs (project_id, id);
CREATE INDEX runs_inference ON runs (inference_slug, id);
CREATE TABLE imports (
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects (id), run_id TEXT, name TEXT NOT NULL,
  folder TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, created_at INTEGER NOT NULL,
  samples INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, first_at INTEGER, last_at INTEGER
) STRICT;
CREATE INDEX imports_project ON imports (project_id, id);
CREATE TABLE samples (
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects (id), import_id TEXT NOT NULL REFERENCES imports (id),
  run_id TEXT, inference_slug TEXT, inference_name TEXT, model_id TEXT, model_name TEXT, model_version TEXT,
  request_id TEXT NOT NULL, at INTEGER NOT NULL, file TEXT NOT NULL, format TEXT NOT NULL, bytes INTEGER NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, predictions TEXT NOT NULL, reasons TEXT NOT NULL,
  metadata TEXT NOT NULL, overridden TEXT NOT NULL, timing TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX samples_project ON samples (project_id, id);
CREATE INDEX samples_import ON samples (import_id, id);
CREATE INDEX samples_inference ON samples (inference_slug, id);
`
  },
  {
    number: 2,
    name: 'models with external data',
    sql: `ALTER TABLE models ADD COLUMN data_files TEXT NOT NULL DEFAULT '[]'`
  },
  {
    number: 3,
    name: 'models that take several pictures at a time',
    sql: `ALTER TABLE models ADD COLUMN dynamic_batch INTEGER`
  },
  {
    number: 4,
    name: 'settings, what runs went through, what instances need',
    sql: `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE run_states (
  id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, at INTEGER NOT NULL,
  status TEXT NOT NULL, reason TEXT
) STRICT;
CREATE INDEX run_states_run ON run_states (run_id, id);
ALTER TABLE runs ADD COLUMN class_thresholds TEXT;
ALTER TABLE models ADD COLUMN instance_bytes INTEGER;
`
  },
  {
    number: 5,
    name: 'operator sets of models',
    sql: `ALTER TABLE models ADD COLUMN opset INTEGER`
  },
  {
    number: 6,
    name: 'verdicts of samples, shift counters',
    sql: `
ALTER TABLE samples ADD COLUMN verdict TEXT;
ALTER TABLE samples ADD COLUMN verdict_rule TEXT;
CREATE TABLE shift_counters (
  inference_slug TEXT PRIMARY KEY REFERENCES inferences (slug) ON UPDATE CASCADE ON DELETE CASCADE,
  ok INTEGER NOT NULL, warn INTEGER NOT NULL, ng INTEGER NOT NULL, errors INTEGER NOT NULL, since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`
  },
  {
    number: 7,
    name: 'API keys',
    sql: `
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE UNIQUE, scopes TEXT NOT NULL, digest TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;
`
  },
  {
    number: 8,
    name: 'figures over time',
    sql: `
CREATE TABLE figures (
  inference_slug TEXT NOT NULL REFERENCES inferences (slug) ON UPDATE CASCADE ON DELETE CASCADE,
  step INTEGER NOT NULL, at INTEGER NOT NULL, counts TEXT NOT NULL, latencies TEXT NOT NULL,
  most_queued INTEGER NOT NULL, PRIMARY KEY (inference_slug, step, at)
) STRICT, WITHOUT ROWID;
`
  },
  {
    number: 9,
    name: 'optimizations',
    sql: `
CREATE TABLE optimizations (
  id TEXT PRIMARY KEY, project_id TEXT NOT NULL REFERENCES projects (id), model_id TEXT NOT NULL,
  model_name TEXT NOT NULL, model_version TEXT NOT NULL, at INTEGER NOT NULL, aim TEXT NOT NULL, basis TEXT NOT NULL,
  classes TEXT NOT NULL
) STRICT;
CREATE INDEX optimizations_project ON optimizations (project_id, at, id);
`
  },
  {
    number: 10,
    name: 'recent requests',
    sql: `
CREATE TABLE recent_requests (
  inference_slug TEXT PRIMARY KEY REFERENCES inferences (slug) ON UPDATE CASCADE ON DELETE CASCADE,
  requests TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`
  },
  {
    number: 11,
    name: 'samples by verdict',
    sql: `
CREATE INDEX samples_project_verdict ON samples (project_id, verdict, id) WHERE verdict IS NOT NULL;
CREATE INDEX samples_import_verdict ON samples (import_id, verdict, id) WHERE verdict IS NOT NULL;
CREATE INDEX samples_inference_verdict ON samples (inference_slug, verdict, id) WHERE verdict IS NOT NULL;
`
  }
]
