import { join } from 'node:path'
import { sampleImport, type SampleImport } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'
import type { ImportRow } from '../database/tables.ts'

/** Where an import's pictures lie. */
export function importFolder(dataFolder: string, folder: string): string {
  return join(dataFolder, 'imports', folder)
}

export function toSampleImport(row: ImportRow & { project_name: string }, dataFolder: string): SampleImport {
  const time = (at: number | null) => (at === null ? null : isoTimestamp(new Date(at)))
  return {
    id: row.id,
    name: row.name,
    project: { id: row.project_id, name: row.project_name },
    origin: sampleImport.shape.origin.parse(row.origin),
    run: row.run_id,
    folder: importFolder(dataFolder, row.folder),
    samples: row.samples,
    bytes: row.bytes,
    firstAt: time(row.first_at),
    lastAt: time(row.last_at),
    createdAt: isoTimestamp(new Date(row.created_at))
  }
}
