import { parseArgs } from 'node:util'
import { FuzzClient } from './fuzzClient.ts'
import { fuzzModels } from './fuzzModels.ts'
import { fuzzPictures } from './fuzzPictures.ts'
import { FuzzStand, goodPicture } from './fuzzStand.ts'
import { defectsInLogs } from './hostLog.ts'
import { Tally } from './tally.ts'

/**
 * `npm run test:fuzz -- [--seed 1] [--files 10000] [--images 10000] [--from 0] [--minutes 60] [--only model:42]`:
 * mutated ONNX files through import and run, mutated pictures through predict, over HTTP. `--from` leaves out the first
 * cases of both, `--minutes` ends it early and says where to go on, `--only` has one case again. A model file costs a
 * process or more: in all more than an hour of two cores.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    files: { type: 'string', default: '10000' },
    images: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string', default: 'Infinity' },
    only: { type: 'string' }
  }
})

/** Of a model file; the host's own limit for one is 120 s. */
const modelPatienceMs = 150_000
/** Of a picture; its deadline is 10 s. */
const picturePatienceMs = 30_000

const end = performance.now() + Number(values.minutes) * 60_000
const stand = await FuzzStand.open()
const { url, token } = stand.host
const troubles: string[] = []

async function part(title: string, kind: string, count: number, patienceMs: number, work: Work): Promise<void> {
  const numbers = numbersOf(kind, count)
  if (numbers.length === 0) return
  const tally = new Tally()
  const given: number[] = []
  const began = performance.now()
  await work(new FuzzClient(url, token, patienceMs), tally, progress(title, numbers, given))
  await stand.recovered()
  const minutes = (performance.now() - began) / 60_000
  console.log(`\n${title}: ${given.length} cases, seed ${values.seed}, ${minutes.toFixed(1)} min`)
  console.log(tally.lines().join('\n'))
  troubles.push(...tally.failures.map(({ name, why }) => `${name}: ${why}`))
}

type Work = (client: FuzzClient, tally: Tally, numbers: Iterable<number>) => Promise<void>

function numbersOf(kind: string, count: number): number[] {
  const [wanted, number] = values.only?.split(':') ?? []
  if (wanted !== undefined) return wanted === kind ? [Number(number)] : []
  const from = Number(values.from)
  return Array.from({ length: Math.max(0, count - from) }, (_, at) => from + at)
}

/** Tells how far it is, and ends it where the host is gone or its time is up. */
function* progress(title: string, numbers: number[], given: number[]): Generator<number> {
  for (const [at, number] of numbers.entries()) {
    if (stand.host.end !== null) return
    if (performance.now() > end) {
      console.log(`${title}: the time is up; go on with --from ${number}`)
      return
    }
    if (at > 0 && at % 250 === 0) console.log(`${title}: ${at} of ${numbers.length}`)
    given.push(number)
    yield number
  }
}

const { seed } = values
await part('Pictures', 'image', Number(values.images), picturePatienceMs, (client, tally, numbers) =>
  fuzzPictures({ client, seed, tally, slug: stand.slug }, numbers)
)
const restarts = await stand.restarts()
const picture = await goodPicture()
await part('Models', 'model', Number(values.files), modelPatienceMs, (client, tally, numbers) =>
  fuzzModels({ client, seed, tally, picture, projects: stand.projects }, numbers)
)
troubles.push(...(await defectsInLogs(stand.host.dataFolder)))
const memory = await stand.host.memory()
troubles.push(...(await stand.close()))
const megabytes =
  memory === null ? 'unknown' : `${Math.round(memory.now / 2 ** 20)} MiB, at most ${Math.round(memory.most / 2 ** 20)}`
console.log(`\nengines replaced under pictures: ${restarts}; the host's memory: ${megabytes}`)
console.log(troubles.length === 0 ? 'PASSED' : `FAILED\n${troubles.join('\n')}`)
process.exitCode = troubles.length === 0 ? 0 : 1
