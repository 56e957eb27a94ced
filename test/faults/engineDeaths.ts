import { routes } from '../../main/contract/index.ts'
import { percentile, rounded } from '../bench/statistics.ts'
import { until } from '../helpers/until.ts'
import { databaseFaults, wrongSamples } from './keptSamples.ts'
import { below, seeded, shuffled } from './random.ts'
import { Traffic, type Outcome } from './traffic.ts'
import { enginesOf, type Workstation } from './workstation.ts'

export interface EngineDeathsOptions {
  /** How often an engine of the struck inference is sent each signal. */
  signals: Partial<Record<NodeJS.Signals, number>>
  pictures: Buffer<ArrayBuffer>[]
  random?: () => number
}

/** From a signal to the first answer of the engine that came after. */
interface Recovery {
  signal: NodeJS.Signals
  from: number
  to: number
  loadMs: number
}

/** An answer under way when an engine died is either computed by another one, or refused with one of these. */
const expectedCodes = ['INFERENCE_NOT_READY', 'DEADLINE_EXCEEDED']

/**
 * Under steady load on two inferences, an engine of the first is killed, crashed or stopped at random moments, again and
 * again. A replaced engine's backoff is cut short, as a person can: how long it waits is no part of what is measured.
 */
export async function engineDeaths(station: Workstation, options: EngineDeathsOptions) {
  const { signals, pictures, random = seeded(1) } = options
  const sampling = { random: { probability: 1 } }
  const struck = await station.running('Struck', { sampling, general: { threads: 1, deadlineMs: 10_000 } })
  const beside = await station.running('Beside')
  const load = { pictures, posters: 2, pauseMs: 20 }
  const traffic = new Traffic({ ...load, name: 'struck', endpoint: () => station.endpoint(struck) })
  const neighbour = new Traffic({ ...load, posters: 1, name: 'beside', endpoint: () => station.endpoint(beside) })
  const recoveries: Recovery[] = []
  const order = Object.entries(signals).flatMap(([signal, times]) => Array<string>(times).fill(signal))
  for (const signal of shuffled(random, order)) {
    await untilQuietEnough(traffic, neighbour, random)
    recoveries.push(await strike(station, struck, signalOf(signal), traffic))
  }
  await untilQuietEnough(traffic, neighbour, random)
  const outcomes = await traffic.stop()
  const others = await neighbour.stop()
  const faults = await wrongSamples(station, outcomes, pictures)
  await station.host.stop()
  faults.push(...(await databaseFaults(station.dataFolder)), ...traffic.faults(expectedCodes), ...neighbour.faults([]))
  faults.push(...[...outcomes, ...others].flatMap(noAnswer))
  return { ...countsOf(outcomes), ...figures(recoveries, outcomes, others), faults }
}

function signalOf(text: string): NodeJS.Signals {
  if (text === 'SIGKILL' || text === 'SIGSEGV' || text === 'SIGSTOP') return text
  throw new Error(`${text} is no signal of this test`)
}

/** Both inferences answer for a while, so that there is something to compare with; then comes a random moment. */
async function untilQuietEnough(traffic: Traffic, neighbour: Traffic, random: () => number): Promise<void> {
  const [own, others] = [traffic.answered + 3 + below(random, 10), neighbour.answered + 10 + below(random, 10)]
  const isSo = () => traffic.answered >= own && neighbour.answered >= others
  await until('answers flow', async () => (isSo() ? true : undefined), 120_000)
}

async function strike(station: Workstation, slug: string, signal: NodeJS.Signals, traffic: Traffic): Promise<Recovery> {
  const [pid = 0] = enginesOf(await station.untilStatus(slug, 'healthy'))
  const from = performance.now()
  process.kill(pid, signal)
  const served = await until(`an answer after ${signal}`, () => servedAfter(station, slug, pid, from, traffic), 120_000)
  return { signal, from, to: served.answeredAt, loadMs: await loadMsOf(station, slug) }
}

/** The first answer that was handed to an engine after that moment. Meanwhile a waiting engine is started at once. */
async function servedAfter(station: Workstation, slug: string, pid: number, from: number, traffic: Traffic) {
  const [instance] = (await station.get(slug)).instances
  if (instance?.pid !== pid && instance?.state === 'restarting') await station.start(slug)
  return traffic.outcomes.find(({ status, sentAt, queueMs }) => status === 200 && sentAt + (queueMs ?? 0) > from)
}

/** From the log: what the engine that was ready last took to load its model and to warm up. */
async function loadMsOf(station: Workstation, slug: string): Promise<number> {
  const { items } = await station.client.call(routes.inferenceLogs, { params: { slug } })
  const times = items.flatMap(({ message }) => /is ready on \w+ \(loaded in (\d+) ms/.exec(message)?.[1] ?? [])
  return Number(times.at(-1))
}

/** The host lives, so that every request has its answer, if only a refusal. */
function noAnswer({ requestId, status }: Outcome): string[] {
  return status === null ? [`${requestId} got no answer`] : []
}

function countsOf(outcomes: readonly Outcome[]) {
  return {
    requests: outcomes.length,
    answered: outcomes.filter(({ status }) => status === 200).length,
    refused: outcomes.filter(({ code }) => code !== null).length,
    acknowledged: outcomes.filter(({ sample }) => sample !== null).length
  }
}

function figures(recoveries: readonly Recovery[], outcomes: readonly Outcome[], others: readonly Outcome[]) {
  const sudden = recoveries.filter(({ signal }) => signal !== 'SIGSTOP')
  const took = (some: readonly Recovery[], of: (one: Recovery) => number) => rounded(percentile(some.map(of), 0.5), 0)
  const hung = recoveries.filter(({ signal }) => signal === 'SIGSTOP')
  return {
    strikes: Object.fromEntries(['SIGKILL', 'SIGSEGV', 'SIGSTOP'].map((name) => [name, count(recoveries, name)])),
    recoveryMs: {
      whole: took(sudden, ({ from, to }) => to - from),
      load: took(sudden, ({ loadMs }) => loadMs),
      besidesLoad: took(sudden, ({ from, to, loadMs }) => to - from - loadMs),
      hung: took(hung, ({ from, to }) => to - from)
    },
    neighbourP95Ms: compare(sudden, recoveries, others),
    p95Ms: rounded(percentile(timesOf(outcomes), 0.95))
  }
}

function count(recoveries: readonly Recovery[], name: string): number {
  return recoveries.filter(({ signal }) => signal === name).length
}

/** Of the other inference: while an engine was being replaced, against all the time in which none was. */
function compare(sudden: readonly Recovery[], all: readonly Recovery[], others: readonly Outcome[]) {
  const within = (windows: readonly Recovery[], { sentAt, answeredAt }: Outcome) =>
    windows.some(({ from, to }) => answeredAt > from && sentAt < to)
  const disturbed = percentile(timesOf(others.filter((outcome) => within(sudden, outcome))), 0.95)
  const quiet = percentile(timesOf(others.filter((outcome) => !within(all, outcome))), 0.95)
  return { quiet: rounded(quiet), meanwhile: rounded(disturbed), ratio: rounded(disturbed / quiet) }
}

function timesOf(outcomes: readonly Outcome[]): number[] {
  return outcomes.filter(({ status }) => status === 200).map(({ sentAt, answeredAt }) => answeredAt - sentAt)
}
