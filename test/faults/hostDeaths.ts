import { percentile, rounded } from '../bench/statistics.ts'
import { until } from '../helpers/until.ts'
import { databaseFaults, wrongSamples } from './keptSamples.ts'
import { below, seeded } from './random.ts'
import { Traffic } from './traffic.ts'
import { enginesOf, isAlive, type Workstation } from './workstation.ts'

export interface HostDeathsOptions {
  times: number
  pictures: Buffer<ArrayBuffer>[]
  random?: () => number
}

/** While the host is gone, or is there but not yet all of it. */
const expectedCodes = ['INFERENCE_NOT_READY', 'INFERENCE_NOT_RUNNING', 'DEADLINE_EXCEEDED']

/**
 * Under steady load, of which everything is recorded, the host is killed at random moments as a loss of power would.
 * Each time its engines must be gone, its database sound, and all come up again by itself with every sample that was
 * acknowledged.
 */
export async function hostDeaths(station: Workstation, { times, pictures, random = seeded(2) }: HostDeathsOptions) {
  const sampling = { random: { probability: 1 } }
  const slug = await station.running('Powerless', { sampling })
  const endpoint = () => station.endpoint(slug)
  const traffic = new Traffic({ name: 'powerless', endpoint, pictures, posters: 3, pauseMs: 10 })
  const faults: string[] = []
  const startMs: number[] = []
  for (let time = 0; time < times; time++) {
    const [before, enough] = [traffic.outcomes.length, traffic.answered + 1 + below(random, 25)]
    await until('answers flow', async () => (traffic.answered >= enough ? true : undefined), 120_000)
    faults.push(...(await killHost(station, slug)))
    startMs.push(await startHost(station, slug))
    faults.push(...(await wrongSamples(station, traffic.outcomes.slice(before), pictures)))
  }
  const outcomes = await traffic.stop()
  // Once more, as all later starts and repairs have left them.
  faults.push(...(await wrongSamples(station, outcomes, pictures)))
  await station.host.stop()
  faults.push(...(await databaseFaults(station.dataFolder)), ...traffic.faults(expectedCodes))
  return {
    kills: times,
    requests: outcomes.length,
    answered: traffic.answered,
    cut: outcomes.filter(({ status }) => status === null).length,
    acknowledged: outcomes.filter(({ sample }) => sample !== null).length,
    healthyAgainMs: { p50: rounded(percentile(startMs, 0.5), 0), most: rounded(Math.max(...startMs), 0) },
    faults: [...new Set(faults)]
  }
}

/** One line for each law that did not hold: engines end with their host, and its database is sound. */
async function killHost(station: Workstation, slug: string): Promise<string[]> {
  const engines = enginesOf(await station.get(slug))
  await station.host.kill()
  const allGone = async () => (engines.some(isAlive) ? undefined : true)
  const gone = await until('the engines end with the host', allGone).catch(String)
  return [...(gone === true ? [] : [gone]), ...(await databaseFaults(station.dataFolder))]
}

/** @returns how long it took until the inference was up again by itself, in ms */
async function startHost(station: Workstation, slug: string): Promise<number> {
  const from = performance.now()
  await station.startAgain()
  await station.untilStatus(slug, 'healthy')
  return performance.now() - from
}
