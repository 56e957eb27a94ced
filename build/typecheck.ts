// Checks the types of each environment against its own tsconfig: what the window may know differs from the host's.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const environments = ['contract', 'node', 'renderer', 'electron', 'tools']

const failed = environments.filter((name) => {
  const args = ['node_modules/typescript/bin/tsc', '-p', `build/tsconfig.${name}.json`]
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`Types do not hold in: ${failed.join(', ')}`)
  process.exitCode = 1
}
