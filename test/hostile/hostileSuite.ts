import { readFile } from 'node:fs/promises'
import { inTurns } from '../fuzz/inTurns.ts'
import { Random } from '../fuzz/random.ts'
import type { FuzzStand } from '../fuzz/fuzzStand.ts'
import { goodPicture } from '../fuzz/fuzzStand.ts'
import type { Tally } from '../fuzz/tally.ts'
import { routes } from '../../main/contract/index.ts'
import { HostileClient } from './hostileClient.ts'
import { KnownIds } from './knownIds.ts'
import { readOperations } from './operations.ts'
import { requestTo, type Ground } from './requests.ts'

/** Settings of the host for the suite: its log says all that it ever says. */
export const hostileEnvironment = { LINESIDE_LOG_LEVEL: 'debug' }

/** What takes longer counts as a hang; the longest work of a route, the trial of a model, has 120 s. */
const patienceMs = 130_000

/**
 * Requests made from the host's own OpenAPI document, in turn to every operation of it.
 * @param numbers Of the cases; each has its own seed.
 */
export async function hostileSuite(stand: FuzzStand, seed: string, tally: Tally, numbers: Iterable<number>) {
  const { operations, resolve } = await readOperations(stand.host.url)
  const ground: Ground = { resolve, ids: await idsOf(stand), files: await files(), token: stand.host.token }
  const client = new HostileClient(stand.host.url, patienceMs)
  await inTurns(numbers, 8, async (number) => {
    const operation = operations[number % operations.length]
    if (!operation) return
    const about = { name: `request:${number}`, how: operation.name }
    const request = requestTo(operation, ground, new Random(`${seed}:${about.name}`))
    const { outcome, ms, defect, body } = await client.send(request)
    ground.ids.learn(operation, body)
    tally.count(about, outcome, ms)
    if (defect !== null) tally.fail(about, `${defect}: ${request.method} ${request.path.slice(0, 300)}`)
  })
  client.close()
}

async function idsOf({ client, projects, model, slug }: FuzzStand): Promise<KnownIds> {
  const params = { slug }
  await client.send(routes.predict, { params }, new Uint8Array(await goodPicture()))
  const { items: samples } = await client.call(routes.listSamples, { query: {} })
  const { items: runs } = await client.call(routes.listRuns, { query: {} })
  const ids = (of: { id: string }[]) => of.map(({ id }) => id)
  const imports = samples.map(({ importId }) => importId)
  const project = projects.get('detection') ?? ''
  const kept = { project: [project], model: [model], slug: [slug], sample: ids(samples), run: ids(runs) }
  return new KnownIds({ ...kept, import: imports })
}

async function files(): Promise<Ground['files']> {
  return {
    picture: await goodPicture(),
    model: await readFile(new URL('../fixtures/models/columns.onnx', import.meta.url))
  }
}
