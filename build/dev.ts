// `npm run dev`: the host from its sources, started again when one changes, and the window built again when it changes.
// Reload the page to see the latter. Data lies in .data/ of the checkout, away from what a person may have at home.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './ensureBuilt.mjs'

const cwd = fileURLToPath(new URL('..', import.meta.url))
const window = ['node_modules/vite/bin/vite.js', 'build', '--watch', '--config', 'build/vite.window.config.ts']
const host = ['--watch', 'main/cli/lineside.ts', 'serve', '--data', '.data', ...process.argv.slice(2)]

await ensureBuilt()
for (const args of [window, host]) {
  spawn(process.execPath, args, { cwd, stdio: 'inherit' }).once('exit', () => process.exit())
}
