// `npm run dev`: the host from its sources, started again when one changes, and the window built again when it changes.
// Reload the page to see the latter. Data lies in .data/ of the checkout, away from what a person may have at home.
// Not by `node --watch`: it makes every thread and child process of the host send messages of its own over our channels.
import { spawn, type ChildProcess } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './ensureBuilt.mjs'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const window = ['node_modules/vite/bin/vite.js', 'build', '--watch', '--config', 'build/vite.window.config.ts']
const host = ['main/cli/lineside.ts', 'serve', '--data', '.data', ...process.argv.slice(2)]
/** Editors write a file in several steps. */
const settleMs = 200

function start(args: string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd, stdio: 'inherit' })
}

/** Runs the host; one that ended by itself waits for the next change of its sources. */
function keepHostRunning(): void {
  let running = start(host)
  let change: NodeJS.Timeout | undefined
  watch(`${cwd}/main`, { recursive: true }, () => {
    clearTimeout(change)
    change = setTimeout(() => {
      const old = running
      const restart = () => {
        running = start(host)
      }
      if (old.exitCode !== null || old.signalCode !== null) return restart()
      old.once('exit', restart)
      old.kill('SIGTERM')
    }, settleMs)
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.once('exit', () => process.exit())
      running.kill('SIGTERM')
    })
  }
}

await ensureBuilt()
start(window)
keepHostRunning()
