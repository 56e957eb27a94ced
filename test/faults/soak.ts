import { setTimeout as delay } from 'node:timers/promises'
import { percentile, rounded } from '../bench/statistics.ts'
import { Traffic, type Outcome } from './traffic.ts'
import type { Workstation } from './workstation.ts'

export interface SoakOptions {
  minutes: number
  pictures: Buffer<ArrayBuffer>[]
  /** Of the whole time; what comes before is not looked at. */
  warmUpShare?: number
}

/** Megabytes at a time in minutes. */
interface Look {
  at: number
  host: number
  engine: number
}

const lookEveryMs = 1000
const megabyte = 1024 * 1024

/** A steady load for long, a tenth of it recorded: whether memory grows, and whether answers get slower. */
export async function soak(station: Workstation, { minutes, pictures, warmUpShare = 0.2 }: SoakOptions) {
  const slug = await station.running('Day and night', { sampling: { random: { probability: 0.1 } } })
  const traffic = new Traffic({
    name: 'soak',
    endpoint: () => station.endpoint(slug),
    pictures,
    posters: 2,
    pauseMs: 10
  })
  const from = performance.now()
  const looks: Look[] = []
  while (performance.now() - from < minutes * 60_000) {
    await delay(lookEveryMs)
    looks.push(await look(station, slug, from))
  }
  const outcomes = await traffic.stop()
  const warm = looks.filter(({ at }) => at >= warmUpShare * minutes)
  const third = Math.ceil(outcomes.length / 3)
  const failed = outcomes.filter(({ status }) => status !== 200)
  return {
    minutes,
    requests: outcomes.length,
    recorded: outcomes.filter(({ sample }) => sample !== null).length,
    warmUpMinutes: rounded(warmUpShare * minutes),
    host: growthOf(warm, ({ host }) => host),
    engine: growthOf(warm, ({ engine }) => engine),
    p95Ms: { firstThird: p95Of(outcomes.slice(0, third)), lastThird: p95Of(outcomes.slice(-third)) },
    faults: failed.map(({ requestId, status, code }) => `${requestId} was answered ${status} ${code}`)
  }
}

async function look(station: Workstation, slug: string, from: number): Promise<Look> {
  const memory = await station.host.memory()
  const { instances } = await station.get(slug)
  const engine = instances.reduce((sum, { memoryBytes }) => sum + (memoryBytes ?? 0), 0)
  const at = (performance.now() - from) / 60_000
  return { at, host: (memory?.now ?? Number.NaN) / megabyte, engine: engine / megabyte }
}

/** The slope of the straight line of least squares. */
function growthOf(looks: readonly Look[], valueOf: (look: Look) => number) {
  const mean = (of: (look: Look) => number) => looks.reduce((sum, one) => sum + of(one), 0) / looks.length
  const [meanAt, meanValue] = [mean(({ at }) => at), mean(valueOf)]
  const covariance = mean((one) => (one.at - meanAt) * (valueOf(one) - meanValue))
  const values = looks.map(valueOf)
  return {
    mbPerMinute: rounded(covariance / mean(({ at }) => (at - meanAt) ** 2), 3),
    leastMb: rounded(Math.min(...values), 1),
    mostMb: rounded(Math.max(...values), 1)
  }
}

function p95Of(outcomes: readonly Outcome[]): number {
  return rounded(
    percentile(
      outcomes.map(({ sentAt, answeredAt }) => answeredAt - sentAt),
      0.95
    ),
    1
  )
}
