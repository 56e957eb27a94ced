import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../build/ensureBuilt.mjs'
import { churn } from './churn.ts'
import { engineDeaths } from './engineDeaths.ts'
import { hostDeaths } from './hostDeaths.ts'
import { overload } from './overload.ts'
import { seeded } from './random.ts'
import { samplePictures } from './samplePictures.ts'
import { soak } from './soak.ts'
import { Workstation } from './workstation.ts'

// `node test/faults/proofs.ts <name> [--json] [--seed N]`: the long proofs that inferences stay up, on the program as it is
// built. They end with 1 where a law did not hold, and say which; times are reported, not judged.

interface Options {
  random: () => number
  minutes: number
}

/** What was found, with one line in `faults` for each law that did not hold. */
type Finding = Record<string, unknown> & { faults: string[] }

const pictures = samplePictures()

const proofs: Record<string, (options: Options) => Promise<Record<string, Finding>>> = {
  faults: async ({ random }) => ({
    engines: await onWorkstation((station) =>
      engineDeaths(station, { signals: { SIGKILL: 50, SIGSEGV: 10, SIGSTOP: 5 }, pictures, random })
    ),
    hosts: await onWorkstation((station) => hostDeaths(station, { times: 50, pictures, random }))
  }),
  churn: async ({ random }) => ({
    churn: await onWorkstation((station) => churn(station, { steps: 200, pictures, random }))
  }),
  overload: async () => ({ overload: await onWorkstation((station) => overload(station, { seconds: 60, pictures })) }),
  soak: async ({ minutes }) => ({ soak: await onWorkstation((station) => soak(station, { minutes, pictures })) })
}

async function onWorkstation<T>(prove: (station: Workstation) => Promise<T>): Promise<T> {
  const station = await Workstation.start(fileURLToPath(new URL('../../dist/main/cli/lineside.js', import.meta.url)))
  try {
    return await prove(station)
  } finally {
    await station.remove()
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    minutes: { type: 'string', default: '30' }
  }
})
const prove = proofs[positionals[0] ?? '']
if (!prove) {
  process.stderr.write(
    `Usage: node test/faults/proofs.ts <${Object.keys(proofs).join(' | ')}> [--json] [--seed N] [--minutes N]\n`
  )
  process.exitCode = 2
} else {
  await ensureBuilt()
  const seed = Number(values.seed)
  const findings = await prove({ random: seeded(seed), minutes: Number(values.minutes) })
  const result = { seed, ...findings }
  process.stdout.write(`${values.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`)
  if (Object.values(findings).some(({ faults }) => faults.length > 0)) process.exitCode = 1
}
