import { ulid } from 'ulid'
import type { z } from 'zod'
import type { pageQuery, SampleImport } from '../../contract/index.ts'
import { makeFolder } from '../../base/durableFile.ts'
import { folderTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { ImportRow } from '../database/tables.ts'
import type { EventBus } from '../eventBus.ts'
import { importFolder, toSampleImport } from './importRows.ts'
import { pageOf, type Page } from './page.ts'
import { safeName } from './safeName.ts'

export type ImportQuery = z.infer<typeof pageQuery> & { project?: string | undefined }

/** F24: folders of samples. */
export class Imports {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #dataFolder: string

  constructor(database: Database, bus: EventBus, dataFolder: string) {
    this.#database = database
    this.#bus = bus
    this.#dataFolder = dataFolder
  }

  /** The newest first. */
  async list({ project, after, limit }: ImportQuery): Promise<Page<SampleImport>> {
    let query = this.#database.read
      .selectFrom('imports')
      .innerJoin('projects', 'projects.id', 'imports.project_id')
      .selectAll('imports')
      .select('projects.name as project_name')
      .orderBy('imports.id', 'desc')
      .limit(limit + 1)
    if (project !== undefined) query = query.where('imports.project_id', '=', project)
    if (after !== undefined) query = query.where('imports.id', '<', after)
    const page = pageOf(await query.execute(), limit)
    return { items: page.items.map((row) => toSampleImport(row, this.#dataFolder)), next: page.next }
  }

  /** The folder of a new run, on disk, and its row. The row's `folder` is what the recorder is given. */
  async createForRun(run: { id: string; project: string }, inferenceName: string, startedAt: Date): Promise<ImportRow> {
    const time = folderTimestamp(startedAt)
    const row: ImportRow = {
      id: ulid(),
      project_id: run.project,
      run_id: run.id,
      name: `${inferenceName} ${time}`,
      folder: `${safeName(inferenceName)} ${time} ${run.id.slice(-6)}`,
      origin: 'run',
      created_at: startedAt.getTime(),
      samples: 0,
      bytes: 0,
      first_at: null,
      last_at: null
    }
    await makeFolder(importFolder(this.#dataFolder, row.folder))
    await this.#database.write([this.#database.read.insertInto('imports').values(row).compile()])
    this.#bus.publish({ type: 'changed', what: 'imports', project: run.project })
    return row
  }
}
