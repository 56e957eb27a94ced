import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file that must not exist yet; resolves once its content and its name are on the disk.
 * Its folder must exist.
 * @throws EEXIST where the file is there already; ENOSPC where the disk is full.
 */
export async function writeNewFile(path: string, content: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(content)
    await Promise.all([handle.sync(), syncFolder(dirname(path))])
  } finally {
    await handle.close()
  }
}

/** Makes a folder, and what of its path is missing, so that it survives a power cut. */
export async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first === undefined) return
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
}

/** Syncs what a file holds. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Syncs the names in a folder. Windows opens no folders and keeps names in its journal. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The system's code of an error, such as `ENOENT`; null where it has none. */
export function systemCode(error: unknown): string | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return typeof code === 'string' ? code : null
}
