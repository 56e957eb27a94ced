import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type RouteContract } from '../../main/contract/index.ts'
import { rawRequest } from '../helpers/rawRequest.ts'
import { problemOf, TestHost } from '../helpers/testHost.ts'

const contracts: [string, RouteContract][] = Object.entries(routes)
const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

let test: TestHost
let port: string
let windowFolder: string

beforeAll(async () => {
  windowFolder = await mkdtemp(join(tmpdir(), 'lineside-window-'))
  await mkdir(join(windowFolder, 'assets'))
  await writeFile(join(windowFolder, 'index.html'), '<!doctype html><title>Lineside</title>')
  await writeFile(join(windowFolder, 'assets', 'main-1a2b.js'), 'export const one = 1\n')
  test = await TestHost.start({ sampleFolder: null, windowFolder })
  port = new URL(test.host.url).port
})
afterAll(async () => {
  await test.remove()
  await rm(windowFolder, { recursive: true })
})

async function codeOf(headers: Record<string, string>, path = '/healthz', method = 'GET') {
  const { status, body } = await rawRequest(test.host.url + path, { method, headers })
  const text = body.toString()
  return { status, code: text.startsWith('{"type"') ? JSON.parse(text).code : undefined }
}

describe('where it listens', () => {
  it.runIf(process.platform === 'linux')('is not to be found on another address of this machine', async () => {
    const refused = new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: Number(port) }, () => resolve('connected'))
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'))
    })
    expect(await refused).toBe('ECONNREFUSED')
  })
})

describe('Host', () => {
  it('takes its own names with its own port', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      expect(await codeOf({ host })).toEqual({ status: 200, code: undefined })
    }
  })

  it('refuses every other with 421', async () => {
    const foreign = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      'localhost:1',
      `[::1]:${port}`,
      `127.0.0.1.evil.example:${port}`
    ]
    for (const host of foreign) expect(await codeOf({ host })).toEqual({ status: 421, code: 'WRONG_HOST' })
  })

  it('refuses it on pages too', async () => {
    expect(await codeOf({ host: `evil.example:${port}`, ...navigation }, '/')).toMatchObject({ status: 421 })
  })
})

describe('Origin', () => {
  it('takes its own', async () => {
    expect(await codeOf({ origin: test.host.url })).toMatchObject({ status: 200 })
    const host = `localhost:${port}`
    expect(await codeOf({ host, origin: `http://${host}` })).toMatchObject({ status: 200 })
  })

  it('refuses every other with 403, the token or not', async () => {
    const foreign = [
      'null',
      'http://evil.example',
      `https://127.0.0.1:${port}`,
      'http://127.0.0.1:1',
      'http://127.0.0.1',
      `http://localhost:${port}`
    ]
    for (const origin of foreign) {
      expect(await codeOf({ origin })).toEqual({ status: 403, code: 'FORBIDDEN_ORIGIN' })
      const authorization = `Bearer ${test.host.token}`
      expect(await codeOf({ origin, authorization }, '/v1/projects')).toMatchObject({ status: 403 })
      expect(await codeOf({ origin }, '/v1/inferences/any/predict', 'POST')).toMatchObject({ status: 403 })
    }
  })
})

describe('Sec-Fetch-Site', () => {
  it('refuses same-site and cross-site with 403', async () => {
    for (const site of ['same-site', 'cross-site']) {
      expect(await codeOf({ 'sec-fetch-site': site })).toEqual({ status: 403, code: 'FORBIDDEN_ORIGIN' })
      expect(await codeOf({ 'sec-fetch-site': site }, '/v1/inferences/any/predict', 'POST')).toMatchObject({
        status: 403
      })
      expect(
        await codeOf({ 'sec-fetch-site': site, 'sec-fetch-dest': 'script' }, '/assets/main-1a2b.js')
      ).toMatchObject({
        status: 403
      })
    }
  })

  it('refuses what is no word of it', async () => {
    for (const site of ['', 'Same-Site', 'same-origin, cross-site', 'elsewhere']) {
      expect(await codeOf({ 'sec-fetch-site': site })).toEqual({ status: 403, code: 'FORBIDDEN_ORIGIN' })
    }
  })

  it('refuses the posts that a foreign page’s form can send without asking', async () => {
    const types = ['multipart/form-data; boundary=x', 'text/plain', 'application/x-www-form-urlencoded']
    for (const type of types) {
      for (const foreign of [
        { origin: 'null' },
        { origin: 'http://foreign.example' },
        { 'sec-fetch-site': 'cross-site' }
      ])
        for (const path of ['/v1/inferences/any/predict', '/v1/models/inspect', '/v1/inferences/any/start']) {
          const headers = { ...foreign, ...navigation, 'content-type': type }
          expect(await codeOf(headers, path, 'POST')).toEqual({ status: 403, code: 'FORBIDDEN_ORIGIN' })
        }
    }
  })

  it('lets a link from elsewhere open a page, and not the API', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', ...navigation }
    expect(await codeOf(headers, '/')).toMatchObject({ status: 200 })
    expect(await codeOf(headers, '/projects/any')).toMatchObject({ status: 200 })
    for (const path of ['/v1/inferences', '/%761/inferences', '/metrics', '/v1/nowhere']) {
      expect(await codeOf(headers, path)).toMatchObject({ status: 403 })
    }
    expect(await codeOf({ ...headers, 'sec-fetch-dest': 'iframe' }, '/')).toMatchObject({ status: 403 })
  })

  it('takes same-origin and none', async () => {
    for (const site of ['same-origin', 'none'])
      expect(await codeOf({ 'sec-fetch-site': site })).toMatchObject({ status: 200 })
  })
})

describe('the session', () => {
  it('is asked for by every route of the window and by none of the line', async () => {
    for (const [name, { method, path, access }] of contracts) {
      const response = await fetch(test.host.url + path.replace(/\{\w+\}/g, 'x'), { method })
      const asked = response.status === 401
      expect({ name, asked }).toEqual({ name, asked: access === 'window' })
      if (asked) expect((await problemOf(response)).code).toBe('UNAUTHENTICATED')
    }
    expect((await fetch(`${test.host.url}/v1/events`)).status).toBe(401)
  })

  it('is opened by the token and nothing that resembles it', async () => {
    const { token } = test.host
    for (const given of [token, ` ${token}`]) {
      expect(await codeOf({ authorization: `Bearer ${given}` }, '/v1/projects')).toMatchObject({ status: 200 })
    }
    for (const authorization of [
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token}x`,
      `Basic ${token}`,
      token,
      'Bearer',
      ''
    ]) {
      expect(await codeOf({ authorization }, '/v1/projects')).toMatchObject({ status: 401 })
    }
  })

  it('is handed over by ?token= as a cookie that does not hold the token', async () => {
    const response = await fetch(`${test.host.url}/projects?view=list&token=${test.host.token}`, { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/projects?view=list')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(new RegExp(`^lineside-${port}=[\\w-]{20,}; Path=/; HttpOnly; SameSite=Strict$`))
    expect(cookie).not.toContain(test.host.token)
    const [pair = ''] = cookie.split(';')
    expect(await codeOf({ cookie: pair }, '/v1/projects')).toMatchObject({ status: 200 })
    expect(await codeOf({ cookie: pair, origin: 'http://127.0.0.1:1' }, '/v1/projects')).toMatchObject({ status: 403 })
    expect(await codeOf({ cookie: pair.replace(port, '1') }, '/v1/projects')).toMatchObject({ status: 401 })
  })

  it('is not handed over for a wrong token, nor does the redirect lead away', async () => {
    const response = await fetch(`${test.host.url}/.//evil.example/?token=wrong`, { redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(response.headers.get('location')).toMatch(/^\/(?!\/)/)
  })
})

describe('answers', () => {
  it('repeat a sane request id and make one in place of another', async () => {
    const given = await rawRequest(`${test.host.url}/nowhere.txt`, { headers: { 'x-request-id': 'line-7/42' } })
    expect(given.headers['x-request-id']).toBe('line-7/42')
    expect(JSON.parse(given.body.toString()).requestId).toBe('line-7/42')
    for (const id of ['a b', 'x'.repeat(101), '<script>', 'é']) {
      const { headers } = await rawRequest(`${test.host.url}/healthz`, {
        headers: { 'x-request-id': Buffer.from(id).toString('latin1') }
      })
      expect(headers['x-request-id']).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/)
    }
  })

  it('say 404 for what is unknown, 405 for another method with those that are possible', async () => {
    expect(await problemOf(await fetch(`${test.host.url}/v1/nowhere`))).toMatchObject({ code: 'NOT_FOUND' })
    const response = await test.fetch('/v1/projects/01ARZ3NDEKTSV4RRFFQ69G5FAV', { method: 'POST' })
    expect(response.headers.get('allow')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'PATCH'])
    expect((await problemOf(response)).code).toBe('METHOD_NOT_ALLOWED')
  })

  it('are problems for what is hardly a request, too', async () => {
    for (const path of ['/%zz', `/v1/inferences/${'x'.repeat(300)}`]) {
      expect((await problemOf(await fetch(test.host.url + path))).code).toMatch(/^(INVALID_REQUEST|NOT_FOUND)$/)
    }
    const { body } = await rawRequest(test.host.url, { headers: { long: 'x'.repeat(20_000) } })
    expect(JSON.parse(body.toString())).toMatchObject({ status: 400, code: 'INVALID_REQUEST' })
  })

  it('say which JSON cannot be read, and which content is not taken', async () => {
    const headers = { 'content-type': 'application/json' }
    const broken = await test.fetch('/v1/projects', { method: 'POST', headers, body: '{"name":' })
    expect((await problemOf(broken)).code).toBe('INVALID_REQUEST')
    const text = await test.fetch('/v1/projects', { method: 'POST', body: 'name=a' })
    expect((await problemOf(text)).code).toBe('UNSUPPORTED_MEDIA_TYPE')
    const wrong = await test.fetch('/v1/projects', { method: 'POST', headers, body: '{"name":" ","task":"detection"}' })
    expect(await problemOf(wrong)).toMatchObject({ code: 'INVALID_REQUEST', fields: [{ path: 'name' }] })
  })
})

describe('the window', () => {
  it('is served at the root and at its own paths, under a policy that lets nothing in from outside', async () => {
    for (const path of ['/', '/inferences/surface-check']) {
      const { status, headers, body } = await rawRequest(test.host.url + path)
      expect(status).toBe(200)
      expect(body.toString()).toContain('<title>Lineside')
      expect(headers['content-security-policy']).toContain("default-src 'self'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('has its assets cached for ever and its page never; a missing asset is missing', async () => {
    const asset = await fetch(`${test.host.url}/assets/main-1a2b.js`)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-type')).toContain('javascript')
    expect((await fetch(test.host.url)).headers.get('cache-control')).toBe('no-cache')
    expect((await fetch(`${test.host.url}/assets/gone.js`)).status).toBe(404)
    expect((await rawRequest(`${test.host.url}/..%2f..%2fetc%2fpasswd`)).body.toString()).not.toContain('root:')
  })
})
