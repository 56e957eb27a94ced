import { defineConfig } from 'vitest/config'

// Forks, not threads: a thread that is ended while onnxruntime computes in it aborts its whole process.
export default defineConfig({
  test: {
    pool: 'forks',
    include: ['test/{unit,engine,api}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2
  }
})
