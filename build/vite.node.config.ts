import { globSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = globSync('main/**/*.ts', { cwd: root })

/**
 * Host, engine, command line and desktop shell: one output file for each source, in the same tree, because processes
 * and threads are started from files beside their callers (main/base/entry.ts). Dependencies stay outside: the native
 * ones cannot be bundled, and the others have no need to be.
 */
export default defineConfig({
  root,
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node22',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries(sources.map((file) => [relative('main', file).replace(/\.ts$/, ''), file])),
      external: (id) => !/^[./\\]|^[a-z]:[/\\]/i.test(id) && !id.startsWith('main/'),
      output: { format: 'es', preserveModules: true, preserveModulesRoot: 'main', entryFileNames: '[name].js' }
    }
  }
})
