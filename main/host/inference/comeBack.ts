import type { Logger } from '../../base/logger.ts'
import { runReasonText } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import * as rows from './inferenceRows.ts'
import { countOpenRuns, endOpenRuns, lastThresholds } from './runRows.ts'

export interface ComeBack {
  database: Database
  logger: Logger
  /** The setting. */
  isWanted: boolean
  /** Starts an inference with the class thresholds of its last run. */
  begin(slug: string, thresholds: Record<string, number> | undefined): Promise<void>
}

/**
 * At a host's start: what was up when the last one went down comes up again (F18), in the order in which the inferences
 * were created, with the class thresholds that it had. One that cannot be started does not hold up the others.
 */
export async function comeBack(given: ComeBack): Promise<void> {
  const { database, logger, isWanted } = given
  const left = await countOpenRuns(database)
  const wanted = await rows.wantedInferences(database)
  tell(logger, left, wanted, isWanted)
  await database.write([endOpenRuns(database, new Date(), runReasonText('crashed'))])
  if (!isWanted) return leaveStopped(database, wanted)
  for (const { slug } of wanted) await begin(given, slug)
}

/** A run without an end is one whose host was killed, or whose workstation lost power. */
function tell(logger: Logger, left: number, wanted: rows.InferenceName[], isWanted: boolean): void {
  const names = wanted.map(({ name }) => `“${name}”`).join(', ')
  const stay = isWanted ? 'comes back' : 'stays stopped, as the settings say'
  const runs = wanted.length === 0 ? 'nothing comes back' : `what was up ${stay}: ${names}`
  if (left > 0) logger.warn(`the last stop was not clean, runs that were cut off: ${left}; ${runs}`)
  else if (wanted.length > 0) logger.info(`the last stop was clean; ${runs}`)
}

async function begin(given: ComeBack, slug: string): Promise<void> {
  try {
    await given.begin(slug, await lastThresholds(given.database, slug))
  } catch (error) {
    given.logger.child({ inference: slug }).error(`could not be started again: ${String(error)}`)
  }
}

async function leaveStopped(database: Database, wanted: rows.InferenceName[]): Promise<void> {
  const now = new Date()
  await database.write(
    wanted.flatMap(({ slug }) => [
      rows.setWanted(database, slug, false),
      rows.setStopped(database, slug, now, runReasonText('notBack'))
    ])
  )
}
