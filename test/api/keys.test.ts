import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type CreatedKey, type KeyScope, type RouteContract } from '../../main/contract/index.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'

const contracts: [string, RouteContract][] = Object.entries(routes)
/** What each scope is for, written down apart from the contract (DESIGN F23). */
const predicting = ['predict', 'v2Infer', 'v2InferVersion']
const controlling = ['startInference', 'stopInference', 'switchModel', 'recordNext']

let dataFolder: string
let test: TestHost

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lineside-keys-'))
  test = await TestHost.start({ dataFolder, logLevel: 'debug' })
})
afterAll(() => test.remove())

function create(name: string, ...scopes: KeyScope[]): Promise<CreatedKey> {
  return test.client.call(routes.createKey, { body: { name, scopes } })
}

async function require(requireKeys: boolean): Promise<void> {
  await test.client.call(routes.changeSettings, { body: { requireKeys } })
}

function ask(path: string, secret: string | null, method = 'GET'): Promise<Response> {
  const headers: Record<string, string> = secret === null ? {} : { authorization: `Bearer ${secret}` }
  return fetch(test.host.url + path.replace(/\{\w+\}/g, 'none'), { method, headers })
}

/** Whether a caller came past the door: what is behind it answers in many ways, but not with these two. */
async function opened(name: string, secret: string | null): Promise<{ name: string; status: number | 'in' }> {
  const [, { path, method }] = contracts.find(([each]) => each === name) ?? [name, routes.alive]
  const { status } = await ask(path, secret, method)
  return { name, status: [401, 403].includes(status) ? status : 'in' }
}

describe('a key', () => {
  it('is shown once, and stored as its hash only', async () => {
    const { secret, ...key } = await create('Line 7', 'predict')
    expect(secret).toMatch(/^lineside_[\w-]{43}$/)
    const { items } = await test.client.call(routes.listKeys, {})
    expect(items).toEqual([key])
    expect(key).toMatchObject({ name: 'Line 7', scopes: ['predict'] })
    await ask(`/v1/inferences?key=1`, secret)
    await ask('/v1/keys', secret)
    const names = await readdir(test.dataFolder, { recursive: true, withFileTypes: true })
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    const contents = await Promise.all(files.map((file) => readFile(file)))
    expect(contents.filter((content) => content.includes(secret))).toEqual([])
    const digest = createHash('sha256').update(secret).digest('hex')
    expect(contents.some((content) => content.includes(digest))).toBe(true)
    const log = contents.filter((_, at) => files[at]?.includes('logs'))
    expect(log.some((content) => content.includes('GET /v1/keys'))).toBe(true)
  })

  it('has a name of its own and at least one scope', async () => {
    await create('Twice', 'predict')
    const refused = (body: unknown) =>
      test.fetch('/v1/keys', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' }
      })
    expect((await problemOf(await refused({ name: 'TWICE', scopes: ['control'] }))).code).toBe('NAME_TAKEN')
    for (const body of [
      { name: '' },
      { name: 'a', scopes: [] },
      { name: 'a', scopes: ['all'] },
      { name: 'a', secret: 'b' }
    ]) {
      expect((await problemOf(await refused(body))).code).toBe('INVALID_REQUEST')
    }
  })

  it('opens nothing once it is revoked, and is gone only once', async () => {
    const { id, secret } = await create('Gone soon', 'predict', 'control')
    await require(true)
    expect((await ask('/v1/inferences', secret)).status).toBe(200)
    await test.client.call(routes.revokeKey, { params: { id } })
    const refused = await ask('/v1/inferences', secret)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer')
    expect((await problemOf(refused)).code).toBe('UNAUTHENTICATED')
    expect((await problemOf(await test.fetch(`/v1/keys/${id}`, { method: 'DELETE' }))).code).toBe('NOT_FOUND')
    await require(false)
  })
})

describe('on loopback, while keys are not required', () => {
  it('the line needs none, and a key with “control” changes product without the window', async () => {
    const { slug } = await test.detector()
    const [picture = ''] = await samplePictures()
    const [predict, control] = [await create('P', 'predict'), await create('C', 'control')]
    const path = `/v1/inferences/${slug}`
    expect((await problemOf(await ask(`${path}/start`, null, 'POST'))).code).toBe('UNAUTHENTICATED')
    const wrong = await problemOf(await ask(`${path}/start`, predict.secret, 'POST'))
    expect(wrong).toMatchObject({ code: 'FORBIDDEN_SCOPE', detail: expect.stringContaining('control') })
    expect((await ask(`${path}/start`, control.secret, 'POST')).status).toBe(202)
    await test.untilStatus(slug, 'healthy')
    expect((await test.post(`${path}/predict`, new Uint8Array(await readFile(picture)))).status).toBe(200)
    expect((await ask(`${path}/record-next`, control.secret, 'POST')).status).toBe(202)
    expect((await ask(`${path}/stop`, control.secret, 'POST')).status).toBe(202)
  })

  it('a key opens of the window’s routes only those of its scope, and never a try', async () => {
    const { secret } = await create('Both', 'predict', 'control')
    for (const [name, { access }] of contracts) {
      const isOpen = access === 'line' || controlling.includes(name)
      expect(await opened(name, secret)).toEqual({ name, status: isOpen ? 'in' : 403 })
    }
    expect((await ask('/v1/events', secret)).status).toBe(403)
    expect((await ask('/v1/inferences/any/predict?try=true', secret, 'POST')).status).toBe(403)
  })
})

describe('while keys are required', () => {
  beforeAll(() => require(true))
  afterAll(() => require(false))

  it('every route asks for one, whatever it is', async () => {
    for (const [name] of contracts) expect(await opened(name, null)).toEqual({ name, status: 401 })
    for (const path of [
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/',
      '/v1/events',
      '/v1/nowhere',
      '/%761/inferences'
    ]) {
      expect({ path, status: (await ask(path, null)).status }).toEqual({ path, status: 401 })
      expect({ path, status: (await ask(path, 'lineside_wrong')).status }).toEqual({ path, status: 401 })
    }
    const v2 = await ask('/v2', null)
    expect(await v2.json()).toEqual({ error: expect.stringContaining('key') })
  })

  it('a scope opens its own routes and what has none', async () => {
    const keys = { predict: await create('P2', 'predict'), control: await create('C2', 'control') }
    for (const [scope, { secret }] of Object.entries(keys)) {
      for (const [name, { access }] of contracts) {
        const own = predicting.includes(name)
          ? scope === 'predict'
          : controlling.includes(name)
            ? scope === 'control'
            : access === 'line'
        expect({ scope, ...(await opened(name, secret)) }).toEqual({ scope, name, status: own ? 'in' : 403 })
      }
      for (const path of ['/metrics', '/openapi.json', '/docs/']) expect((await ask(path, secret)).status).toBe(200)
    }
  })

  it('the token and the session’s cookie open all, as before', async () => {
    const page = await fetch(`${test.host.url}/?token=${test.host.token}`, { redirect: 'manual' })
    const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';')
    for (const headers of [{ cookie }, { authorization: `Bearer ${test.host.token}` }]) {
      for (const path of ['/v1/inferences', '/healthz', '/docs/', '/v1/keys']) {
        expect((await fetch(test.host.url + path, { headers })).status).toBe(200)
      }
    }
  })
})

it('keys, and that they are required, outlive the host', async () => {
  const { secret } = await create('Kept', 'predict')
  await require(true)
  await test.stop()
  test = await TestHost.start({ dataFolder })
  expect((await ask('/v1/inferences', null)).status).toBe(401)
  expect((await ask('/v1/inferences', secret)).status).toBe(200)
})
