import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Release } from '../../base/disposables.ts'
import { readHostFile } from '../config/hostFile.ts'
import { Refusal } from '../refusal.ts'

/** Another host holds the data folder; `host` is where it can be reached, where it has said so. */
export class DataFolderInUse extends Refusal {
  readonly host: { url: string; pid: number } | null

  constructor(dataFolder: string, host: { url: string; pid: number } | null) {
    const who = host ? `process ${host.pid}, open at ${host.url}` : 'it is just starting or stopping'
    super('CONFLICT', `The data folder ${dataFolder} is in use by another Lineside (${who}). Use that one or stop it.`)
    this.name = 'DataFolderInUse'
    this.host = host
  }
}

/**
 * Makes the data folder where it is not there, and holds it for this process by SQLite's exclusive lock on an empty
 * file of its own: the operating system frees it with the process, however that ends. It happens once, before
 * anything is served, so it needs no thread.
 * @throws DataFolderInUse
 */
export async function lockDataFolder(dataFolder: string): Promise<Release> {
  await mkdir(dataFolder, { recursive: true })
  const connection = new SQLite(join(dataFolder, 'lock.db'), { timeout: 0 })
  try {
    connection.exec('BEGIN EXCLUSIVE')
    return () => void connection.close()
  } catch (error) {
    connection.close()
    if (!isBusy(error)) throw error
    const host = await readHostFile(dataFolder)
    throw new DataFolderInUse(dataFolder, host && { url: host.url, pid: host.pid })
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof SQLite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
