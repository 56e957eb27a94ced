import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { BenchHost, cpuMsOf } from './benchHost.ts'
import { postFor, type Posted } from './load.ts'
import { sampleModels } from './sampleModels.ts'
import { percentile, rounded } from './statistics.ts'

const rounds = 5
const concurrency = 8
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

interface Server {
  url: string
  /** CPU time of its processes so far; null where the system does not tell. */
  cpuMs: () => Promise<number | null>
}

type Servers = Record<'host' | 'bare', Server>

/** What is measured of a server with pictures of one size: one at a time, and several. */
interface Measured {
  alone: Posted[]
  full: Posted[]
  /** Of a request when several are under way. */
  cpuMs: number[]
}

/**
 * The time in the host alone (HTTP, dispatch, the way to an engine and back, the answer): its engine answers at once.
 * By turns with a bare Node server that hands the same bytes to a forked child, so that a drift of the machine meets
 * both; what a client sees is measured, so the client's own part is in both.
 */
export async function benchOverhead(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds
  const host = await BenchHost.start(beside('./instantHost.ts'))
  const bare = await startBare()
  try {
    const [sample] = sampleModels()
    if (!sample) throw new Error('there is no sample model')
    const result = await host.running(sample, { instances: 1, threads: 1, queue: 64 }, ({ endpoint, cpuMs }) =>
      measureAll({ host: { url: endpoint, cpuMs }, bare }, ms)
    )
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
  } finally {
    bare.stop()
    await host.stop()
  }
}

async function measureAll(servers: Servers, ms: number) {
  const picture = readFileSync(beside('../../resources/sample/bare-boards/bench-1920x1080.jpg'))
  // Bytes after a JPEG's end are no part of the picture, and no engine decodes it here.
  const large = Buffer.concat([picture, Buffer.alloc(1e6 - picture.length)])
  return {
    '225 kB': await compare(servers, picture, ms),
    '1 MB': await compare(servers, large, ms),
    conditions: { rounds, concurrency: [1, concurrency] }
  }
}

async function compare(servers: Servers, image: Buffer, ms: number) {
  const measured = { host: noneYet(), bare: noneYet() }
  for (const { url } of Object.values(servers)) await postFor(url, image, concurrency, 1000)
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['bare', 'host'] as const) await measure(servers[name], image, ms, measured[name])
  }
  const [host, bare] = [figuresOf(measured.host), figuresOf(measured.bare)]
  const names = ['p50Ms', 'p99Ms', 'perSecond', 'cpuMs'] as const
  return { host, bare, ratios: Object.fromEntries(names.map((name) => [name, rounded(host[name] / bare[name])])) }
}

async function measure({ url, cpuMs }: Server, image: Buffer, ms: number, into: Measured): Promise<void> {
  into.alone.push(await postFor(url, image, 1, ms))
  const before = await cpuMs()
  const full = await postFor(url, image, concurrency, ms)
  const after = await cpuMs()
  into.full.push(full)
  if (before !== null && after !== null) into.cpuMs.push((after - before) / full.times.length)
}

function noneYet(): Measured {
  return { alone: [], full: [], cpuMs: [] }
}

/** Rate and CPU time are the median of the rounds'. */
function figuresOf({ alone, full, cpuMs }: Measured) {
  const times = alone.flatMap((posted) => posted.times)
  const rates = full.map(({ perSecond }) => perSecond)
  return {
    requests: times.length,
    p50Ms: rounded(percentile(times, 0.5)),
    p99Ms: rounded(percentile(times, 0.99)),
    perSecond: rounded(percentile(rates, 0.5), 0),
    cpuMs: rounded(percentile(cpuMs, 0.5))
  }
}

const announcement = z.object({ url: z.string(), pids: z.array(z.number()) })

async function startBare(): Promise<Server & { stop: () => void }> {
  const child = spawn(process.execPath, [beside('./bareServer.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) {
    const { url, pids } = announcement.parse(JSON.parse(line))
    return { url, cpuMs: () => Promise.resolve(cpuMsOf(pids)), stop: () => void child.kill() }
  }
  throw new Error('the bare server ended before it was ready')
}
