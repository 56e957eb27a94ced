import { benchEngine } from './engine.ts'
import { benchNeighbours } from './neighbours.ts'
import { benchOverhead } from './overhead.ts'
import { benchPostprocess } from './postprocess.ts'
import { benchPredict } from './predict.ts'
import { benchProviders } from './providers.ts'
import { benchUi } from './ui.ts'
import { benchWebhooks } from './webhooks.ts'

/** `npm run bench -- <name> [--json]`: each benchmark reports ratios measured in one run. */
const benchmarks: Record<string, (options: { json: boolean; seconds: number }) => Promise<void>> = {
  engine: benchEngine,
  postprocess: benchPostprocess,
  predict: benchPredict,
  providers: benchProviders,
  neighbours: benchNeighbours,
  overhead: benchOverhead,
  webhooks: benchWebhooks,
  ui: benchUi
}

const [name = '', ...flags] = process.argv.slice(2)
const benchmark = benchmarks[name]
if (!benchmark) {
  process.stderr.write(`Usage: npm run bench -- <${Object.keys(benchmarks).join(' | ')}> [--json] [--seconds N]\n`)
  process.exitCode = 1
} else {
  const seconds = flags.includes('--seconds') ? Number(flags[flags.indexOf('--seconds') + 1]) : 10
  await benchmark({ json: flags.includes('--json'), seconds })
}
