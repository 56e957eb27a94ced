import { setTimeout as delay } from 'node:timers/promises'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { routes, type Inference } from '../../main/contract/index.ts'
import { addBoardModel } from '../helpers/boardModels.ts'
import { until } from '../helpers/until.ts'
import { below, seeded } from './random.ts'
import { childrenOf, enginesOf, isAlive, type Workstation } from './workstation.ts'

export interface ChurnOptions {
  /** Starts and stops together. */
  steps: number
  pictures: Buffer<ArrayBuffer>[]
  random?: () => number
}

const megabyte = 1024 * 1024

/**
 * Four inferences, for which there is just room, are started and stopped in a random order, and now and then one is put
 * on the other model. At the end those that should be up answer, and of the others no process is left.
 */
export async function churn(station: Workstation, { steps, pictures, random = seeded(3) }: ChurnOptions) {
  const slugs = await Promise.all(['One', 'Two', 'Three', 'Four'].map((name) => station.create(name)))
  const models = [(await station.get(slugs[0] ?? '')).model.id, (await addBoardModel(station, { name: 'second' })).id]
  const wanted = new Map(slugs.map((slug) => [slug, false]))
  const engines = new Set<number>()
  await startAndStopAll(station, slugs)
  const before = await restingBytes(station)
  let switches = 0
  for (let step = 0; step < steps; step++) {
    const slug = slugs[below(random, slugs.length)] ?? ''
    if (random() < 0.2) switches += await switched(station, slug, models[below(random, 2)] ?? '')
    const start = random() < 0.5
    wanted.set(slug, start)
    await (start ? started(station, slug) : stopped(station, slug))
    for (const pid of enginesOf(await station.get(slug))) engines.add(pid)
    // Sometimes the next step comes at once, sometimes in the middle of a model's load.
    await delay(below(random, 4) * 100)
  }
  const faults = await wrongAtEnd(station, wanted, pictures)
  await stopAll(station, slugs)
  faults.push(...(await leftOver(station, engines)))
  const after = await restingBytes(station)
  const grownMb = before === null || after === null ? null : Math.round((after - before) / megabyte)
  return { steps, switches, engines: engines.size, up: [...wanted.values()].filter(Boolean).length, grownMb, faults }
}

/** What is up already stays as it is; one that is just stopping is started once it has stopped. */
async function started(station: Workstation, slug: string): Promise<void> {
  await until(`${slug} takes a start`, () => station.start(slug).then(() => true, whileInConflict), 60_000)
}

async function stopped(station: Workstation, slug: string): Promise<void> {
  await station.client.call(routes.stopInference, { params: { slug } })
}

/** @returns 1 where the change was taken: one under way already, or a lack of room, refuses it. */
async function switched(station: Workstation, slug: string, model: string): Promise<number> {
  const given = { params: { slug }, body: { model } }
  const taken = await station.client.call(routes.switchModel, given).catch(whileInConflict)
  return taken ? 1 : 0
}

function whileInConflict(error: unknown): undefined {
  if (error instanceof ApiProblem && error.problem.code === 'CONFLICT') return undefined
  throw error
}

async function wrongAtEnd(
  station: Workstation,
  wanted: ReadonlyMap<string, boolean>,
  pictures: readonly Buffer<ArrayBuffer>[]
): Promise<string[]> {
  const faults: string[] = []
  for (const [slug, isUp] of wanted) {
    const settled = await station
      .untilStatus(slug, isUp ? 'healthy' : 'stopped')
      .catch((error: unknown) => String(error))
    if (typeof settled === 'string') faults.push(settled)
    else if (isUp) faults.push(...(await unanswered(station, settled, pictures)))
    else if (settled.instances.length > 0) faults.push(`${slug} is stopped and has instances`)
  }
  return faults
}

async function unanswered(station: Workstation, { slug }: Inference, pictures: readonly Buffer<ArrayBuffer>[]) {
  const responses = await Promise.all(pictures.map((body) => fetch(station.endpoint(slug), { method: 'POST', body })))
  const texts = await Promise.all(responses.map(async (response) => ({ ok: response.ok, text: await response.text() })))
  return texts.filter(({ ok }) => !ok).map(({ text }) => `${slug} is healthy and does not answer: ${text}`)
}

async function stopAll(station: Workstation, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) await stopped(station, slug)
  for (const slug of slugs) await station.untilStatus(slug, 'stopped')
}

/** Once before anything is measured: what a host loads and compiles with its first runs it keeps. */
async function startAndStopAll(station: Workstation, slugs: readonly string[]): Promise<void> {
  for (const slug of slugs) await station.start(slug)
  for (const slug of slugs) await station.untilStatus(slug, 'healthy')
  await stopAll(station, slugs)
}

/** Once all runs have stopped: engines that are still there, of the run before or as children of the host. */
async function leftOver(station: Workstation, engines: ReadonlySet<number>): Promise<string[]> {
  const left = async () => {
    const children = await childrenOf(station.host.pid)
    return [...new Set([...[...engines].filter(isAlive), ...children])]
  }
  const none = async () => ((await left()).length === 0 ? true : undefined)
  const isGone = await until('no engine is left', none).catch(() => false)
  return isGone ? [] : (await left()).map((pid) => `process ${pid} is left over`)
}

/** Memory of a host in which nothing runs: the least of some looks, since garbage is collected when it pleases. */
async function restingBytes(station: Workstation): Promise<number | null> {
  const looks: number[] = []
  for (let look = 0; look < 20; look++) {
    const memory = await station.host.memory()
    if (memory === null) return null
    looks.push(memory.now)
    await station.client.call(routes.listInferences, { query: {} })
    await delay(100)
  }
  return Math.min(...looks)
}
