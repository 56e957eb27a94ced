#!/usr/bin/env node
// Plain JavaScript that any Node from 18 on can read: older ones than Lineside needs must get as far as the message.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const needed = [22, 18]

if (isNewEnough(process.versions.node)) {
  const ensureBuilt = new URL('../build/ensureBuilt.mjs', import.meta.url)
  // Only a source checkout has it; a package comes built.
  if (existsSync(ensureBuilt)) await (await import(ensureBuilt.href)).ensureBuilt()
  await import('../dist/main/cli/lineside.js')
} else {
  runWithPackagedNode()
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > needed[0] || (major === needed[0] && minor >= needed[1])
}

/** A checkout has a newer Node among its development dependencies; it gets our signals and we its exit code. */
function runWithPackagedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = fileURLToPath(new URL(`../node_modules/node/bin/${name}`, import.meta.url))
  if (!existsSync(node)) {
    console.error(`Lineside needs Node ${needed.join('.')} or later; this is ${process.version}. Install a newer Node.`)
    process.exitCode = 1
    return
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => (process.exitCode = code ?? 1))
}
