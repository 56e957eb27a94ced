import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// The package `electron` is never imported for this: under plain Node doing so starts a download.
export const electronPackage = fileURLToPath(new URL('../node_modules/electron', import.meta.url))

/**
 * Electron's program, or null where its binary has not been fetched.
 * @returns {string | null}
 */
export function findElectron() {
  const pathFile = join(electronPackage, 'path.txt')
  if (!existsSync(pathFile)) return null
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist')
  const program = join(folder, readFileSync(pathFile, 'utf8'))
  return existsSync(program) ? program : null
}

/**
 * Why no window can be opened here, or null where one can.
 * @returns {string | null}
 */
export function whyNoWindow() {
  if (process.platform !== 'linux') return null
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display'
  return null
}
