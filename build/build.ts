import { existsSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const parts = ['node', 'preload', 'window'] as const
const outputs = { node: 'main', preload: 'preload', window: 'window' }

/**
 * Builds all into a folder of its own and puts it in the place of `dist` at the end, so that nobody ever starts a
 * half-built program, two builds at once included. The stamp carries the time of the build's start: what was changed
 * meanwhile counts as newer.
 */
async function buildAll(): Promise<void> {
  const started = new Date()
  const fresh = at(`.vite/dist-${process.pid}`)
  try {
    for (const part of parts) {
      await build({
        configFile: at(`build/vite.${part}.config.ts`),
        logLevel: 'warn',
        build: { outDir: join(fresh, outputs[part]) }
      })
    }
    const stamp = join(fresh, 'built')
    writeFileSync(stamp, '')
    utimesSync(stamp, started, started)
    putInPlace(fresh)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

function putInPlace(fresh: string): void {
  const old = at(`.vite/old-${process.pid}`)
  if (existsSync(at('dist'))) renameSync(at('dist'), old)
  renameSync(fresh, at('dist'))
  rmSync(old, { recursive: true, force: true })
}

const started = performance.now()
await buildAll()
console.log(`Built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
