import { sql } from 'kysely'
import type { AreasQuery, RecordedAreas } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'

const mostAreas = 20_000

/**
 * Areas in px of what was answered in a project's newest samples, by class; the newest samples' first. What has no
 * mask has no area, and a candidate was not answered. SQLite reads the JSON, so that no outline leaves its thread.
 */
export async function readAreas({ read }: Database, { project, samples }: AreasQuery): Promise<RecordedAreas[]> {
  const { rows } = await sql<{ class: string; area: number }>`
SELECT found.value ->> '$.class' AS class, found.value ->> '$.mask.areaPx' AS area
FROM (SELECT id, predictions FROM samples WHERE project_id = ${project} ORDER BY id DESC LIMIT ${samples}) AS newest,
  json_each(newest.predictions) AS found
WHERE area IS NOT NULL AND found.value ->> '$.candidate' IS NULL
ORDER BY newest.id DESC
LIMIT ${mostAreas}`.execute(read)
  const byClass = new Map<string, number[]>()
  for (const { class: name, area } of rows) {
    const areas = byClass.get(name)
    if (areas) areas.push(area)
    else byClass.set(name, [area])
  }
  return [...byClass].map(([name, areasPx]) => ({ class: name, areasPx }))
}
