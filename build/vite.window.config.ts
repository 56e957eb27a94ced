import { Buffer } from 'node:buffer'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { pxToRem } from './pxToRem.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * zod alone (with what loads chunks), since it is configured before anything that uses it is loaded; and what the screens share in one file,
 * since in some forty small ones it compresses worse.
 */
const chunks = [
  { name: 'zod', test: /node_modules\/zod\/|vite\/preload-helper/, priority: 1 },
  { name: 'shared', minShareCount: 2 }
]

/** Each script and style once more, as small as it gets: a browser that takes it loads a fifth less. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle).filter(({ fileName }) => /\.(js|css)$/.test(fileName))) {
        const source = Buffer.from(file.type === 'chunk' ? file.code : file.source)
        this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(source) })
      }
    }
  }
}

/** The window: one page that the host serves, in the desktop app and in a browser alike. */
export default defineConfig({
  root: at('../renderer'),
  base: '/',
  plugins: [react(), compressed],
  css: { postcss: { plugins: [pxToRem] } },
  build: {
    outDir: at('../dist/window'),
    emptyOutDir: true,
    target: 'es2023',
    reportCompressedSize: true,
    // The host's content security policy allows no data: scripts or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } }
  },
  server: {
    host: '127.0.0.1',
    port: 8601,
    strictPort: true
  }
})
