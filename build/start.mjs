// `npm start`: the desktop window where that is possible, else the same window in a browser. Says which, and why.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { electronPackage, findElectron, whyNoWindow } from './electronBinary.mjs'
import { ensureBuilt, pinnedNode } from './ensureBuilt.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const releases = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/'
const probeMs = 3000
const downloadMs = 600_000

/** Electron's program, or the reason why there will be no desktop window. */
async function desktop() {
  const reason = whyNoWindow() ?? whyNoSandbox()
  if (reason) return { reason }
  const program = findElectron() ?? (await fetchElectron())
  return program ? { program } : { reason: 'Electron is not there and cannot be fetched; try npx install-electron' }
}

/** As root Electron starts only with its sandbox off, and that is not worth a window. */
function whyNoSandbox() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? 'root has no sandbox for a window' : null
}

/** Asks first whether the server answers, so that a machine without a network does not wait for a time-out. */
async function fetchElectron() {
  try {
    await fetch(releases, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) })
  } catch {
    return null
  }
  console.log('Fetching Electron, once.')
  spawnSync(pinnedNode(), [join(electronPackage, 'install.js')], { stdio: 'inherit', timeout: downloadMs })
  return findElectron()
}

/** Runs a program to its end, passing on the wish to stop. */
function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

async function start(args) {
  await ensureBuilt()
  let { program, reason } = await desktop()
  if (program) {
    console.log('Starting Lineside in its own window (Electron).')
    const code = await run(program, ['.', ...args])
    // 127: the system's loader did not find a library.
    if (code !== 127) return code
    reason = 'Electron lacks libraries of this system, named above'
  }
  console.log(`Starting Lineside without a window of its own: ${reason}. Open the address below in a browser.`)
  return run(pinnedNode(), [join(root, 'bin', 'lineside.mjs'), 'serve', ...args])
}

process.exitCode = await start(process.argv.slice(2))
