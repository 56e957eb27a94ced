import { isAbsolute, relative, sep } from 'node:path'
import { z } from 'zod'
import { isOwn } from './navigation.ts'

/**
 * The path that the window asks to be shown.
 * @param sender The origin of the frame that asked; null where it is gone. Not its address: a stored picture is served
 * from the host's own address into a sandbox, whose origin is nobody's.
 * @throws Error for a foreign sender, for what is no path, and for a path outside the data folder.
 */
export function pathToShow(request: unknown, sender: string | null, origin: string, dataFolder: string): string {
  if (sender === null || !isOwn(sender, origin)) throw new Error('Only the window of Lineside may ask this.')
  const path = z.string().min(1).max(4096).parse(request)
  if (!isInside(dataFolder, path)) throw new Error(`${path} does not lie in the data folder ${dataFolder}.`)
  return path
}

/** Whether an absolute path is a folder or lies below it. */
export function isInside(folder: string, path: string): boolean {
  if (!isAbsolute(path)) return false
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
