import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The bridge: one CommonJS file, since a sandboxed preload can be nothing else. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  build: {
    outDir: 'dist/preload',
    emptyOutDir: true,
    target: 'es2023',
    sourcemap: true,
    minify: false,
    lib: { entry: 'preload/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] }
  }
})
