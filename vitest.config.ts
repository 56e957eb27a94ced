import { defineConfig } from 'vitest/config'

// Forks, not threads: a thread that is ended while onnxruntime computes in it aborts its whole process.
export default defineConfig({
  test: {
    pool: 'forks',
    globalSetup: 'test/globalSetup.ts',
    include: ['test/{unit,engine,api}/**/*.test.ts'],
    // Ends what hangs, not what is slow: a test waits for conditions, and a busy workstation may take its time.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    reporters: ['default', 'json'],
    outputFile: { json: 'test-results/unit.json' },
    maxWorkers: 2
  }
})
