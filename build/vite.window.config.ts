import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * zod alone (with what loads chunks), since it is configured before anything that uses it is loaded; and what the screens share in one file,
 * since in some forty small ones it compresses worse.
 */
const chunks = [
  { name: 'zod', test: /node_modules\/zod\/|vite\/preload-helper/, priority: 1 },
  { name: 'shared', minShareCount: 2 }
]

/** The window: one page that the host serves, in the desktop app and in a browser alike. */
export default defineConfig({
  root: at('../renderer'),
  base: '/',
  plugins: [react()],
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
