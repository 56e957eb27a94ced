import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { routes, type Sample } from '../../main/contract/index.ts'
import type { Outcome } from './traffic.ts'
import type { Workstation } from './workstation.ts'

/** What is wrong with the samples that these outcomes acknowledged: one line each, empty where all are whole. */
export async function wrongSamples(
  station: Workstation,
  outcomes: readonly Outcome[],
  pictures: readonly Buffer[]
): Promise<string[]> {
  const wrong: string[] = []
  for (const outcome of outcomes) {
    if (outcome.sample === null) continue
    const fault = await faultOf(station, outcome, outcome.sample, pictures[outcome.picture])
    if (fault !== null) wrong.push(`${outcome.sample} of ${outcome.requestId} ${fault}`)
  }
  return wrong
}

async function faultOf(
  station: Workstation,
  { requestId, predictions }: Outcome,
  id: string,
  picture: Buffer | undefined
): Promise<string | null> {
  const { client } = station
  const row = await client.call(routes.getSample, { params: { id }, query: {} }).catch(missing)
  if (row === null) return 'is not there'
  if (row.requestId !== requestId) return `is of another request, ${row.requestId}`
  if (row.bytes !== picture?.length) return `says ${row.bytes} bytes`
  if (answered(row) !== JSON.stringify(predictions)) return 'has other predictions than were answered'
  const image = await station.fetch(`/v1/samples/${id}/image`)
  const bytes = Buffer.from(await image.arrayBuffer())
  return image.ok && bytes.equals(picture) ? null : `has no image, or another one (${image.status})`
}

function missing(error: unknown): null {
  if (error instanceof ApiProblem && error.problem.code === 'NOT_FOUND') return null
  throw error
}

/** Without the candidates, which only samples have. */
function answered({ predictions }: Sample): string {
  return JSON.stringify(predictions.filter(({ candidate }) => !candidate))
}

const check = z.array(z.object({ integrity_check: z.string() }))
const twice = z.array(z.object({ request_id: z.string() }))

/**
 * What is wrong with the database while no host has it: one line each, empty where it is sound and no request has more
 * than one sample. Looks at a copy, so that the host finds its database exactly as it was left.
 */
export async function databaseFaults(dataFolder: string): Promise<string[]> {
  const copy = await mkdtemp(join(tmpdir(), 'lineside-database-'))
  try {
    const isDatabase = (path: string) => path === dataFolder || /lineside\.db(-wal)?$/.test(path)
    await cp(dataFolder, copy, { recursive: true, filter: isDatabase })
    return faultsIn(join(copy, 'lineside.db'))
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

function faultsIn(path: string): string[] {
  const database = new Database(path)
  const found = check.parse(database.prepare('PRAGMA integrity_check').all())
  const doubles = database.prepare('SELECT request_id FROM samples GROUP BY request_id HAVING count(*) > 1').all()
  database.close()
  const unsound = found.map((row) => row.integrity_check).filter((word) => word !== 'ok')
  return [
    ...unsound.map((words) => `the database is not sound: ${words}`),
    ...twice.parse(doubles).map((row) => `${row.request_id} was recorded twice`)
  ]
}
