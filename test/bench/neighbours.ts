import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type Inference } from '../../main/contract/index.ts'
import { load } from './load.ts'
import { BenchHost } from './benchHost.ts'
import { percentile, rounded, spread } from './statistics.ts'

const imagePath = fileURLToPath(new URL('../../resources/sample/bare-boards/bench-1920x1080.jpg', import.meta.url))
const rounds = 6

/**
 * Whether loading one inference's model leaves another one's latency alone: requests one at a time to one inference,
 * by turns in quiet and while the other one is started and stopped again and again.
 */
export async function benchNeighbours(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds
  const host = await BenchHost.start()
  const { client } = host
  try {
    const { endpoint } = await start(client, await create(client, 'Measured'))
    const other = await create(client, 'Neighbour')
    const image = readFileSync(imagePath)
    const measure = async () => (await load(endpoint, [image], 1, ms)).answered.map(({ ms: each }) => each)
    await measure()
    const quiet: number[] = []
    const loading: number[] = []
    let loads = 0
    for (let round = 0; round < rounds; round += 1) {
      quiet.push(...(await measure()))
      const restarts = restartUntil(client, other)
      loading.push(...(await measure()))
      loads += await restarts.stop()
    }
    report(options.json, quiet, loading, loads)
  } finally {
    await host.stop()
  }
}

function report(json: boolean, quiet: number[], loading: number[], loads: number): void {
  const of = (share: number) => rounded(percentile(loading, share) / percentile(quiet, share), 2)
  const result = {
    ratios: { p50: of(0.5), p95: of(0.95) },
    latencyMs: { quiet: spread(quiet), loading: spread(loading) },
    requests: { quiet: quiet.length, loading: loading.length },
    loads,
    rounds
  }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
}

/** Starts and stops an inference without a pause. @returns what ends that and tells how often it came up */
function restartUntil(client: ApiClient, slug: string): { stop(): Promise<number> } {
  const ending = new AbortController()
  const work = async () => {
    let loads = 0
    for (; !ending.signal.aborted; loads += 1) {
      await start(client, slug)
      await client.call(routes.stopInference, { params: { slug } })
      await until(client, slug, 'stopped')
    }
    return loads
  }
  const done = work()
  return {
    stop: () => {
      ending.abort()
      return done
    }
  }
}

/** Another inference of the sample detector, without recording. */
async function create(client: ApiClient, name: string): Promise<string> {
  const { sampleProject } = await client.call(routes.settings, {})
  const params = { id: sampleProject ?? '' }
  const { items } = await client.call(routes.listModels, { params })
  const body = { project: params.id, model: items[0]?.id ?? '', type: 'api' as const, name, general: { threads: 1 } }
  return (await client.call(routes.createInference, { body })).slug
}

async function start(client: ApiClient, slug: string): Promise<Inference> {
  await client.call(routes.startInference, { params: { slug } })
  return until(client, slug, 'healthy')
}

async function until(client: ApiClient, slug: string, status: Inference['status']): Promise<Inference> {
  for (;;) {
    const inference = await client.call(routes.getInference, { params: { slug } })
    if (inference.status === status) return inference
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
