import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Plain JavaScript that any Node from 20 on reads: it may be what finds out that the Node is too old.

const root = fileURLToPath(new URL('..', import.meta.url))
const inputs = ['main', 'preload', 'renderer', 'build', 'package-lock.json']

/** The newest change in a file or a folder's tree, in ms; a folder's own time tells of what was deleted. */
function newestChange(/** @type {string} */ path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stats.mtimeMs)
}

/** Why a build is due, or null where there is no need. */
function reasonToBuild() {
  if (!existsSync(join(root, 'main'))) return null
  const built = statSync(join(root, 'dist', 'built'), { throwIfNoEntry: false })
  if (!built) return 'nothing is built yet'
  const changed = inputs.find((input) => newestChange(join(root, input)) > built.mtimeMs)
  return changed ? `${changed} changed since the last build` : null
}

/** The Node that the project pins, or this one where it is new enough to run the sources as they are. */
export function pinnedNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(`Node ${process.versions.node} is too old to build Lineside. Run npm ci, which brings Node 24.`)
}

/**
 * Builds `dist` where it is missing or older than its sources, and says why. An installed package has no sources and
 * is left as it is.
 * @returns {Promise<void>}
 */
export async function ensureBuilt() {
  const reason = reasonToBuild()
  if (!reason) return
  console.error(`Building Lineside: ${reason}.`)
  const { status } = spawnSync(pinnedNode(), [join(root, 'build', 'build.ts')], { stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error('The build failed; its messages stand above.')
}
