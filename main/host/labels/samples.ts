import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AreasQuery, RecordedAreas, Sample, SampleQuery, SampleSummary } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import { Refusal } from '../refusal.ts'
import { readAreas } from './areas.ts'
import { importFolder } from './importRows.ts'
import { pageOf, type Page } from './page.ts'
import { summaryColumns, toSample, toSampleSummary } from './sampleRows.ts'
import type { PictureFile, Thumbnails } from './thumbnails.ts'

export type { Page } from './page.ts'

/** Which samples; absent: all. */
export type SampleFilter = Pick<SampleQuery, 'project' | 'import' | 'inference' | 'verdict'>

const idsAtOnce = 1000

/** Recorded samples, read. */
export class Samples {
  readonly #database: Database
  readonly #dataFolder: string
  readonly #thumbnails: Thumbnails

  constructor(database: Database, dataFolder: string, thumbnails: Thumbnails) {
    this.#database = database
    this.#dataFolder = dataFolder
    this.#thumbnails = thumbnails
  }

  /** The newest first. */
  async list({ after, limit, ...filter }: SampleQuery): Promise<Page<SampleSummary>> {
    let query = this.#filtered(filter)
      .select(summaryColumns)
      .orderBy('id', 'desc')
      .limit(limit + 1)
    if (after !== undefined) query = query.where('id', '<', after)
    const page = pageOf(await query.execute(), limit)
    return { items: page.items.map(toSampleSummary), next: page.next }
  }

  /** Areas of what was answered in a project's newest samples, by class. */
  areas(query: AreasQuery): Promise<RecordedAreas[]> {
    return readAreas(this.#database, query)
  }

  /**
   * With its neighbours in the list that the filter gives: `previous` is newer, `next` older.
   * @throws Refusal NOT_FOUND
   */
  async get(id: string, filter: SampleFilter): Promise<Sample> {
    const sought = this.#database.read
      .selectFrom('samples')
      .innerJoin('imports', 'imports.id', 'samples.import_id')
      .selectAll('samples')
      .select('imports.name as import_name')
      .where('samples.id', '=', id)
    const newer = this.#filtered(filter).select('id').where('id', '>', id).orderBy('id').limit(1)
    const older = this.#filtered(filter).select('id').where('id', '<', id).orderBy('id', 'desc').limit(1)
    const [row, previous, next] = await Promise.all([
      sought.executeTakeFirst(),
      newer.executeTakeFirst(),
      older.executeTakeFirst()
    ])
    if (!row) throw unknownSample(id)
    return toSample(row, { previous: previous?.id ?? null, next: next?.id ?? null })
  }

  /** The file as it was received; for display in a format that browsers show. @throws Refusal NOT_FOUND */
  async image(id: string, display = false): Promise<PictureFile> {
    const original = await this.#original(id)
    return display ? this.#thumbnails.displayable(id, original) : original
  }

  /** At most 320 px, WebP; made at the first call and kept in `thumbnails/`. @throws Refusal NOT_FOUND */
  async thumbnail(id: string): Promise<string> {
    return this.#thumbnails.thumbnail(id, await this.#original(id))
  }

  /** Deletes all samples of a project with their imports, pictures and thumbnails; import by import, rows first. */
  async removeOfProject(project: string): Promise<void> {
    const { read } = this.#database
    const imports = await read
      .selectFrom('imports')
      .select(['id', 'folder'])
      .where('project_id', '=', project)
      .execute()
    for (const { id, folder } of imports) {
      await this.#removeThumbnails(id)
      await this.#database.write([
        read.deleteFrom('samples').where('import_id', '=', id).compile(),
        read.deleteFrom('imports').where('id', '=', id).compile()
      ])
      await rm(importFolder(this.#dataFolder, folder), { recursive: true, force: true })
    }
  }

  async #removeThumbnails(importId: string): Promise<void> {
    for (let after = ''; ;) {
      const page = this.#filtered({ import: importId }).select('id').where('id', '>', after)
      const ids = (await page.orderBy('id').limit(idsAtOnce).execute()).map((row) => row.id)
      for (const id of ids) await this.#thumbnails.remove(id)
      const last = ids.at(-1)
      if (last === undefined) return
      after = last
    }
  }

  async #original(id: string): Promise<PictureFile> {
    const row = await this.#database.read
      .selectFrom('samples')
      .innerJoin('imports', 'imports.id', 'samples.import_id')
      .select(['samples.file', 'samples.format', 'imports.folder'])
      .where('samples.id', '=', id)
      .executeTakeFirst()
    if (!row) throw unknownSample(id)
    return { path: join(importFolder(this.#dataFolder, row.folder), ...row.file.split('/')), format: row.format }
  }

  #filtered({ project, import: importId, inference, verdict }: SampleFilter) {
    let query = this.#database.read.selectFrom('samples')
    if (project !== undefined) query = query.where('project_id', '=', project)
    if (importId !== undefined) query = query.where('import_id', '=', importId)
    if (inference !== undefined) query = query.where('inference_slug', '=', inference)
    if (verdict !== undefined) query = query.where('verdict', '=', verdict)
    return query
  }
}

function unknownSample(id: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no sample ${id}; it may have been deleted.`)
}
