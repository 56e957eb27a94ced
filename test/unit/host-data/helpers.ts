import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openDatabase, type ThreadedDatabase } from '../../../main/host/database/openDatabase.ts'
import { keepingLogger } from './keepingLogger.ts'

const releases: (() => Promise<void>)[] = []

afterEach(async () => {
  for (let release = releases.pop(); release; release = releases.pop()) await release()
})

/** Runs at the end of the test, the last first. */
export function atEnd(release: () => Promise<void>): void {
  releases.push(release)
}

/** An empty folder that goes away with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lineside-test-'))
  atEnd(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function temporaryDatabase(): Promise<{ folder: string; database: ThreadedDatabase }> {
  const folder = await temporaryFolder()
  const database = await openDatabase(folder, keepingLogger())
  atEnd(() => database.close())
  return { folder, database }
}

/** A store with inferences of these slugs. */
export async function storeWith(...slugs: string[]) {
  const { folder, database } = await temporaryDatabase()
  const { read } = database
  const project = { id: 'p', name: 'p', task: 'detection', classes: '[]', created_at: 0 }
  const file = { file_name: 'm', sha256: '', bytes: 0, data_files: '[]', dynamic_batch: null, instance_bytes: null }
  const model = { id: 'm', project_id: 'p', spec: '{}', is_default: 1, created_at: 0, ...file }
  const saved = { project_id: 'p', model_id: 'm', setup: '{}', wanted: 0, created_at: 0, stopped_at: null }
  const inferences = slugs.map((slug) => ({ ...saved, slug, name: slug, stop_reason: null }))
  await database.write([
    read.insertInto('projects').values(project).compile(),
    read.insertInto('models').values(model).compile(),
    read.insertInto('inferences').values(inferences).compile()
  ])
  return { folder, database }
}

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
