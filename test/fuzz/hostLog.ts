import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The log files of a data folder in which one of the secrets stands. */
export async function secretsInLogs(dataFolder: string, secrets: readonly string[]): Promise<string[]> {
  const files = await logFiles(dataFolder)
  return files.filter(({ text }) => secrets.some((secret) => text.includes(secret))).map(({ name }) => name)
}

/** What the logs say of requests that met a defect. */
export async function defectsInLogs(dataFolder: string): Promise<string[]> {
  const lines = (await logFiles(dataFolder)).flatMap(({ text }) => text.split('\n'))
  return lines.filter((line) => line.includes('"level":"error"') && line.includes('"requestId"'))
}

async function logFiles(dataFolder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(join(dataFolder, 'logs'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async ({ parentPath, name }) => ({ name, text: await readFile(join(parentPath, name), 'utf8') }))
  )
}
