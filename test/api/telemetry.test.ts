import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { hostHealth, logLine, routes, type Inference } from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { readEvents } from '../helpers/eventReader.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'
import { unzip } from '../helpers/unzip.ts'

let test: TestHost
let inference: Inference
let run: string
let picture: Buffer<ArrayBuffer>
/** Nothing listens there. */
const webhook = {
  kind: 'webhook' as const,
  name: 'Gate',
  url: 'http://127.0.0.1:9/result',
  secret: 'of-the-webhook-4711'
}

beforeAll(async () => {
  test = await TestHost.start({ logLevel: 'debug' })
  const [file = ''] = await samplePictures()
  picture = Buffer.from(await readFile(file))
})
afterAll(() => test.remove())

it('a line of a run’s log comes with the event stream, can be read, and is in the file', async () => {
  const reader = await readEvents(await test.fetch('/v1/events'))
  inference = await test.running('Watched', {
    sampling: { random: { probability: 1 } },
    outputs: [webhook]
  })
  run = inference.run?.id ?? ''
  const event = await reader.until(({ type, ...rest }) => {
    return type === 'log' && 'record' in rest && rest.record.run === run && rest.record.message.includes('is ready on')
  })
  if (event.type !== 'log') throw new Error(event.type)
  const { items } = await test.client.call(routes.readLog, { params: { log: run }, query: { text: 'IS READY ON' } })
  expect(items).toEqual([event.record])
  const download = await test.fetch(`/v1/logs/${run}/file`)
  expect(download.headers.get('content-type')).toBe('application/x-ndjson')
  expect(download.headers.get('content-disposition')).toContain(`${run}.log`)
  const lines = (await download.text()).trimEnd().split('\n')
  const records = lines.map((line) => logLine.parse(JSON.parse(line)))
  expect(records).toContainEqual(event.record)
  expect(records.every((record) => record.run === run)).toBe(true)
  const logs = await test.client.call(routes.listLogs, {})
  expect(logs.items.map(({ log }) => log)).toEqual(['app', run])
  expect(await codeOf(test.client.call(routes.readLog, { params: { log: '01HZZZZZZZZZZZZZZZZZZZZZZZ' } }))).toBe(
    'NOT_FOUND'
  )
  expect((await problemOf(await test.fetch('/v1/logs/..%2f..%2fhost.json/file'))).code).toBe('INVALID_REQUEST')
})

it('live figures by stage and by code, the history, and what Prometheus is told agree with what was sent', async () => {
  const { slug } = inference
  for (let request = 0; request < 3; request++) await test.client.send(routes.predict, { params: { slug } }, picture)
  const broken = await test.post(`/v1/inferences/${slug}/predict`, picture.subarray(0, 200), {
    'content-type': 'image/png'
  })
  expect((await problemOf(broken)).code).toBe('IMAGE_UNREADABLE')
  const { figures } = await test.client.call(routes.getInference, { params: { slug } })
  expect(figures).toMatchObject({
    requests: 4,
    failures: 1,
    failuresByCode: { IMAGE_UNREADABLE: 1 },
    recorded: 3,
    dropped: 0
  })
  expect(Object.keys(figures.stagesMs).toSorted()).toEqual([
    'decode',
    'infer',
    'postprocess',
    'preprocess',
    'queue',
    'record',
    'total'
  ])
  const { p50: infer } = figures.stagesMs.infer ?? {}
  expect(infer).toBeGreaterThan(0)
  expect(infer).toBeLessThan(figures.latencyMs.p50 ?? 0)
  const history = await until('the history has it', async () => {
    const { points } = await test.client.call(routes.figuresHistory, { params: { slug }, query: { stepSeconds: 3600 } })
    return points.some(({ requests }) => requests === 4) ? points : undefined
  })
  expect(history.at(-1)).toMatchObject({
    failures: 1,
    failuresByCode: { IMAGE_UNREADABLE: 1 },
    recorded: 3,
    dropped: 0
  })
  expect(Math.abs((history.at(-1)?.latencyMs.p50 ?? 0) / (figures.latencyMs.p50 ?? 1) - 1)).toBeLessThan(0.02)
  const byStage = await test.client.call(routes.figuresHistory, {
    params: { slug },
    query: { stepSeconds: 3600, stage: 'infer' }
  })
  expect(byStage.points.at(-1)?.latencyMs.p50).toBeLessThan(history.at(-1)?.latencyMs.p50 ?? 0)
  const metrics = await (await fetch(`${test.host.url}/metrics`)).text()
  expect(metrics).toContain(`lineside_failures_total{inference="${slug}",code="IMAGE_UNREADABLE"} 1\n`)
  expect(metrics).toContain(`lineside_request_seconds_count{inference="${slug}",stage="infer"} 3\n`)
  expect(await codeOf(test.client.call(routes.figuresHistory, { params: { slug: 'nobody' } }))).toBe('NOT_FOUND')
  const uneven = { params: { slug }, query: { rangeSeconds: 86_400, stepSeconds: 90 } }
  expect(await codeOf(test.client.call(routes.figuresHistory, uneven))).toBe('INVALID_REQUEST')
})

it('every part says how it is', async () => {
  const health = await until('the webhook’s trouble is told', async () => {
    const told = await test.client.call(routes.health, {})
    return told.health === 'bad' ? told : undefined
  })
  expect(health.parts.map(({ part }) => part)).toEqual(['host', 'database', 'disk', 'label store', 'log'])
  expect(health.parts.find(({ part }) => part === 'database')).toMatchObject({ health: 'good' })
  const own = health.inferences.find(({ slug }) => slug === inference.slug)
  expect(own?.parts.map(({ part, health: how }) => `${part} ${how}`)).toEqual([
    'run good',
    'model good',
    'instance 1 good',
    'recorder good',
    'output “Gate” bad'
  ])
  const others = health.inferences.filter(({ slug }) => slug !== inference.slug)
  expect(others.flatMap(({ parts }) => parts).every(({ health: how }) => how === 'off')).toBe(true)
})

const about = z.object({
  lineside: z.string(),
  runtime: z.object({ node: z.string() }),
  packages: z.record(z.string(), z.string())
})

it('the diagnostics are an archive of versions, settings, logs, health, figures and the state of the database', async () => {
  const response = await test.fetch('/v1/diagnostics')
  expect(response.headers.get('content-disposition')).toMatch(
    /attachment; filename="lineside diagnostics [\d -]+\.zip"/
  )
  const files = unzip(Buffer.from(await response.arrayBuffer()))
  const json = (name: string): unknown => JSON.parse(files.get(name)?.toString() ?? 'null')
  const { slug } = inference
  const settings = await test.client.call(routes.settings, {})
  const told = about.parse(json('about.json'))
  expect(told).toMatchObject({ lineside: settings.version, runtime: { node: process.versions.node } })
  expect(told.packages['onnxruntime-node']).toMatch(/^\d/)
  expect(json('settings.json')).toMatchObject({ startedWith: { port: 0 }, changed: { resources: { cpuThreads: 64 } } })
  expect(json('database.json')).toMatchObject({ integrity: 'ok' })
  expect(hostHealth.parse(json('health.json')).inferences.length).toBeGreaterThan(1)
  expect(json(`inferences/${slug}/setup.json`)).toMatchObject({
    name: 'Watched',
    outputs: [{ name: 'Gate', hasSecret: true }]
  })
  expect(json(`inferences/${slug}/runs.json`)).toMatchObject([{ id: run }])
  expect(json(`inferences/${slug}/figures.json`)).toMatchObject({ day: { points: [{ requests: 4 }] } })
  expect(files.get(`logs/runs/${run}.log`)?.toString()).toContain('is ready on')
  expect(files.get('logs/lineside.log')?.toString()).toContain('is ready on')
  expect(files.get('metrics.txt')?.toString()).toContain('lineside_requests_total')
  expect([...files.keys()].filter((name) => !/\.(json|txt|log)$/.test(name))).toEqual([])

  const own = unzip(Buffer.from(await (await test.fetch(`/v1/inferences/${slug}/diagnostics`)).arrayBuffer()))
  expect([...own.keys()].filter((name) => name.startsWith('inferences/')).every((name) => name.includes(slug))).toBe(
    true
  )
  expect([...own.keys()].filter((name) => name.startsWith('logs/runs'))).toEqual([`logs/runs/${run}.log`])
  expect((await problemOf(await test.fetch('/v1/inferences/nobody/diagnostics'))).code).toBe('NOT_FOUND')
})

it('neither the token nor a session nor a webhook’s secret nor a picture is in any log or archive after they were used in every way', async () => {
  const { token, url } = test.host
  const { slug } = inference
  const opened = await fetch(`${url}/?token=${token}`, { redirect: 'manual' })
  const session = /lineside-\d+=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] ?? ''
  expect(session.length).toBeGreaterThan(10)
  await fetch(`${url}/v1/projects`, { headers: { cookie: opened.headers.get('set-cookie') ?? '' } })
  await test.fetch(`/v1/projects/${token}?token=${token}&text=${session}`)
  await test.fetch('/v1/projects', {
    method: 'POST',
    body: `{"name": "${token}"`,
    headers: { 'content-type': 'application/json' }
  })
  const image = picture.toString('base64')
  await test.post(`/v1/inferences/${slug}/predict`, JSON.stringify({ image }), { 'content-type': 'application/json' })
  await test.post(`/v1/inferences/${slug}/predict?token=${token}`, `{"image": "${image}`, {
    'content-type': 'application/json'
  })
  const archive = unzip(Buffer.from(await (await test.fetch('/v1/diagnostics')).arrayBuffer()))
  const download = await (await test.fetch('/v1/logs/app/file')).text()
  expect(download).toContain('/v1/projects')
  const folder = join(test.dataFolder, 'logs')
  const names = (await readdir(folder, { recursive: true })).filter((name) => /\.log/.test(name))
  const written = await Promise.all(names.map((name) => readFile(join(folder, name))))
  for (const content of [...archive.values(), ...written, Buffer.from(download)]) {
    const kept = [token, session, webhook.secret, image.slice(100, 200)].filter((secret) => content.includes(secret))
    expect(kept).toEqual([])
    expect(content.indexOf(picture.subarray(0, 64))).toBe(-1)
  }
})
