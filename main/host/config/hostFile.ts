import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** `DIR/host.json`: how tools on this workstation reach the running host. Readable by its owner only. */
export const hostFile = z.object({ url: z.string(), pid: z.number().int(), token: z.string() })
export type HostFile = z.infer<typeof hostFile>

function pathIn(dataFolder: string): string {
  return join(dataFolder, 'host.json')
}

/** What the running host wrote; null where there is none or it cannot be understood. */
export async function readHostFile(dataFolder: string): Promise<HostFile | null> {
  try {
    return hostFile.parse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')))
  } catch {
    return null
  }
}

/** @returns its removal, for when the host stops. */
export async function writeHostFile(dataFolder: string, content: HostFile): Promise<() => Promise<void>> {
  const path = pathIn(dataFolder)
  await writeFile(path, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  // The mode above counts only where the file is new.
  await chmod(path, 0o600)
  return () => rm(path, { force: true })
}
