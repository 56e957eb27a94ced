import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { inference, list, model, project } from '../../main/contract/index.ts'
import { measureBare } from './bare.ts'
import { load, type Answered } from './load.ts'
import { rounded, spread } from './statistics.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const imagePath = join(root, 'resources/sample/bare-boards/bench-1920x1080.jpg')
const modelPath = join(root, 'resources/sample/bare-boards/bare-boards.onnx')
const instances = 1
const threads = 1
const rounds = 3

/**
 * (a) `session.run` alone, (b) the bare pipeline without server or post-processing, (c) the whole HTTP request, on the
 * same model, JPEG and threads. All are measured in turn, several rounds, so that a drift of the machine meets all.
 */
export async function benchPredict(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds
  const bare = { modelPath, imagePath, threads, processes: instances, ms }
  const image = readFileSync(imagePath)
  const host = await startHost()
  try {
    const endpoint = await startInference(host.url, host.token)
    await load(endpoint, image, 2 * instances, 1500)
    const a: number[] = []
    const b: number[] = []
    const c: number[] = []
    const alone: Answered[] = []
    const full: Answered[] = []
    for (let round = 0; round < rounds; round += 1) {
      a.push((await measureBare({ ...bare, kind: 'session' })).perSecond)
      b.push((await measureBare({ ...bare, kind: 'pipeline' })).perSecond)
      alone.push(...(await load(endpoint, image, 1, ms)).answered)
      const loaded = await load(endpoint, image, 2 * instances, ms)
      c.push(loaded.perSecond)
      full.push(...loaded.answered)
    }
    report(options.json, { a: mean(a), b: mean(b), c: mean(c), alone, full })
  } finally {
    await host.stop()
  }
}

interface Measured {
  a: number
  b: number
  c: number
  alone: Answered[]
  full: Answered[]
}

function report(json: boolean, { a, b, c, alone, full }: Measured): void {
  const overhead = (answered: Answered[]) => spread(answered.map(({ ms, answer }) => ms - answer.timing.inferMs))
  const result = {
    ratios: { cb: rounded(c / b, 3), ca: rounded(c / a, 3) },
    overheadMs: overhead(alone),
    stagesMs: stages(alone),
    perSecond: { a: rounded(a), b: rounded(b), c: rounded(c) },
    latencyMs: { alone: spread(alone.map(({ ms }) => ms)), full: spread(full.map(({ ms }) => ms)) },
    conditions: { instances, threads, concurrency: [1, 2 * instances], rounds }
  }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
}

function stages(answered: Answered[]): Record<string, { p50: number; p95: number }> {
  const names = ['queueMs', 'decodeMs', 'preprocessMs', 'inferMs', 'postprocessMs', 'recordMs', 'totalMs'] as const
  return Object.fromEntries(names.map((name) => [name, spread(answered.map(({ answer }) => answer.timing[name]))]))
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

const announcement = z.object({ url: z.string(), token: z.string() })

/** `lineside serve` in a process of its own, on a data folder that goes away with it. */
async function startHost() {
  const data = mkdtempSync(join(tmpdir(), 'lineside-bench-'))
  const args = [join(root, 'bin/lineside.mjs'), 'serve', '--data', data, '--port', '0', '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout)) {
    const { url, token } = announcement.parse(JSON.parse(line))
    return { url, token, stop: () => stopHost(child, data) }
  }
  throw new Error('lineside serve ended before it was ready')
}

async function stopHost(child: ChildProcess, data: string): Promise<void> {
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
  rmSync(data, { recursive: true, force: true })
}

/** Sets up the sample detector without recording and waits until it is healthy. */
async function startInference(url: string, token: string): Promise<string> {
  const api = async <T extends z.ZodType>(schema: T, method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    if (!response.ok) throw new Error(await response.text())
    return schema.parse(await response.json())
  }
  const projects = await api(list(project), 'GET', '/v1/projects')
  const detection = projects.items.find((candidate) => candidate.task === 'detection')
  if (!detection) throw new Error('the sample detector is missing')
  const models = await api(list(model), 'GET', `/v1/projects/${detection.id}/models`)
  const { slug } = await api(inference, 'POST', '/v1/inferences', {
    project: detection.id,
    model: models.items[0]?.id,
    type: 'api',
    name: 'Bench',
    general: { instances, threads }
  })
  const path = `/v1/inferences/${slug}`
  await fetch(`${url}${path}/start`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  for (;;) {
    const { status, endpoint } = await api(inference, 'GET', path)
    if (status === 'healthy') return endpoint
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
