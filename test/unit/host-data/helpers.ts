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

/** Waits until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
}
