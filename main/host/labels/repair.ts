import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeTime, encodeTime } from 'ulid'
import { z } from 'zod'
import { syncFile, syncFolder } from '../../base/durableFile.ts'
import type { Release } from '../../base/disposables.ts'
import type { Logger } from '../../base/logger.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'

/**
 * While a host records, `recording.json` says since when; a clean stop takes it away. So where it is found at the
 * start, the host before ended in the middle of something, and only what it wrote since then needs a look:
 * a picture without a row was never acknowledged and is removed, a row without its picture is told in the log.
 */

const mark = z.object({ since: z.number() })
const sampleFile = /^([0-9A-HJKMNP-TV-Z]{26})\.[a-z]+$/
const pageSize = 1000
const dayMs = 86_400_000

export interface RepairReport {
  removed: number
  missing: number
}

/** Repairs what a crash left, then marks that this host records. @returns what marks the clean stop. */
export async function repairAtStart(database: Database, dataFolder: string, logger: Logger): Promise<Release> {
  const path = join(dataFolder, 'recording.json')
  const since = await readMark(path)
  if (since !== null) report(await repairSince(database, dataFolder, since, Date.now()), logger)
  await writeFile(path, JSON.stringify({ since: Date.now() }))
  await syncFile(path)
  await syncFolder(dataFolder)
  return () => rm(path, { force: true })
}

async function readMark(path: string): Promise<number | null> {
  try {
    return mark.parse(JSON.parse(await readFile(path, 'utf8'))).since
  } catch {
    return null
  }
}

function report({ removed, missing }: RepairReport, logger: Logger): void {
  logger.info('the last host was not stopped cleanly; the samples it recorded were checked', { removed, missing })
  if (missing > 0) logger.warn(`${missing} samples have lost their pictures; their rows are kept`)
}

/** Compares pictures and rows of samples that were made in `[since, until)`, epoch ms. */
export async function repairSince(
  database: Database,
  dataFolder: string,
  since: number,
  until: number
): Promise<RepairReport> {
  const [from, to] = [firstId(since), firstId(until)]
  const pictures = await picturesIn(join(dataFolder, 'imports'), from, to)
  let missing = 0
  for await (const id of rowsIn(database, from, to)) if (!pictures.delete(id)) missing += 1
  for (const path of pictures.values()) await rm(path, { force: true })
  return { removed: pictures.size, missing }
}

function firstId(ms: number): string {
  return encodeTime(ms, 10) + '0'.repeat(16)
}

/** The pictures by the id in their name. A day's folder is named in local time, so the day before is looked at too. */
async function picturesIn(imports: string, from: string, to: string): Promise<Map<string, string>> {
  const firstDay = isoTimestamp(new Date(decodeTime(from) - dayMs)).slice(0, 10)
  const found = new Map<string, string>()
  for (const folder of await entriesOf(imports)) {
    const days = (await entriesOf(join(imports, folder))).filter((day) => day >= firstDay)
    for (const day of days) await collect(join(imports, folder, day), from, to, found)
  }
  return found
}

async function collect(folder: string, from: string, to: string, found: Map<string, string>): Promise<void> {
  for (const name of await entriesOf(folder)) {
    const id = sampleFile.exec(name)?.[1]
    if (id && id >= from && id < to) found.set(id, join(folder, name))
  }
}

async function* rowsIn({ read }: Database, from: string, to: string): AsyncGenerator<string> {
  for (let start = from; ;) {
    const page = read.selectFrom('samples').select('id').where('id', '>=', start).where('id', '<', to)
    const rows = await page.orderBy('id').limit(pageSize).execute()
    for (const { id } of rows) yield id
    const last = rows.at(-1)
    if (!last || rows.length < pageSize) return
    start = `${last.id}0`
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}
