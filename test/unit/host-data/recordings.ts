import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ulid } from 'ulid'
import type { Database } from '../../../main/host/database/database.ts'
import type { ImportRow } from '../../../main/host/database/tables.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { DiskRoom } from '../../../main/host/labels/diskRoom.ts'
import { Imports } from '../../../main/host/labels/imports.ts'
import { Recorder } from '../../../main/host/labels/recorder.ts'
import type { Recording } from '../../../main/host/labels/recording.ts'
import { insertProject } from '../../../main/host/projects/projectRows.ts'

/** A project with one run's import, and what records into it. */
export async function recordingSetup(database: Database, folder: string, leastFreeBytes = 0) {
  const bus = new EventBus()
  const project = await addProject(database, 'Boards')
  const imports = new Imports(database, bus, folder)
  const recorder = new Recorder(database, bus, folder, new DiskRoom(folder, leastFreeBytes))
  const run = { id: ulid(), project }
  const row = await imports.createForRun(run, 'Surface check', new Date(2026, 10, 24, 6, 42, 17))
  return { bus, project, imports, recorder, row }
}

export async function addProject(database: Database, name: string): Promise<string> {
  const id = ulid()
  const classes = [{ name: 'scratch', colour: '#0072b2' }]
  await database.write([insertProject(database, id, { name, task: 'detection', classes }, new Date())])
  return id
}

/** A recording into an import, of random bytes unless others are given. */
export function recordingInto(row: ImportRow, changes: Partial<Recording> = {}): Recording {
  return {
    at: new Date(),
    requestId: 'request-1',
    run: { id: row.run_id ?? '', importId: row.id, folder: row.folder },
    project: row.project_id,
    inference: { slug: 'surface-check', name: 'Surface check' },
    model: { id: ulid(), name: 'scratches', version: '1' },
    image: randomBytes(2000),
    format: 'jpeg',
    size: { width: 640, height: 480 },
    predictions: [{ class: 'scratch', confidence: 0.5, unknown: false, box: { x: 1, y: 2, width: 3, height: 4 } }],
    reasons: ['random'],
    verdict: { outcome: 'NG', rule: 'large scratch' },
    metadata: { timestamp: '2026-11-24T06:42:17.204+01:00', Location: 'floor 1' },
    overridden: ['Location'],
    timing: { queueMs: 0, decodeMs: 1, preprocessMs: 1, inferMs: 1, postprocessMs: 1, recordMs: 0, totalMs: 4 },
    ...changes
  }
}

/** Where a sample's picture lies. */
export async function picturePath(database: Database, folder: string, id: string): Promise<string> {
  const found = await database.read
    .selectFrom('samples')
    .innerJoin('imports', 'imports.id', 'samples.import_id')
    .select(['imports.folder', 'samples.file'])
    .where('samples.id', '=', id)
    .executeTakeFirstOrThrow()
  return join(folder, 'imports', found.folder, found.file)
}
