import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../main/contract/index.ts'
import { createHost } from '../../main/host/createHost.ts'
import { rawRequest } from '../helpers/rawRequest.ts'
import { problemOf, TestHost } from '../helpers/testHost.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lineside-listening-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('listening beyond this machine', () => {
  it('is refused until keys are required, whichever way that is said', async () => {
    const options = { dataFolder: join(folder, 'open'), port: 0, sampleFolder: null, leastFreeBytes: 0 }
    for (const listen of ['0.0.0.0', '::', '192.0.2.7']) {
      await expect(createHost({ ...options, listen })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('--require-keys')
      })
    }
    const first = await createHost(options)
    const headers = { authorization: `Bearer ${first.token}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ requireKeys: true })
    expect((await fetch(`${first.url}/v1/settings`, { method: 'PATCH', headers, body })).status).toBe(200)
    await first.stop()
    const second = await createHost({ ...options, listen: '0.0.0.0' })
    expect((await fetch(`${second.url}/healthz`)).status).toBe(401)
    await second.stop()
  })

  it('says so where the address is not this machine’s', async () => {
    const options = { dataFolder: join(folder, 'elsewhere'), port: 0, leastFreeBytes: 0, requireKeys: true }
    await expect(createHost({ ...options, listen: '192.0.2.7' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('192.0.2.7')
    })
  })
})

describe('a host for other machines', () => {
  let test: TestHost
  let port: string

  beforeAll(async () => {
    test = await TestHost.start({ listen: '0.0.0.0', requireKeys: true, hosts: ['panel-7', 'mapped:9000'] })
    port = new URL(test.host.url).port
  })
  afterAll(() => test.remove())

  function statusOf(host: string, headers: Record<string, string> = {}) {
    const authorization = `Bearer ${test.host.token}`
    return rawRequest(`${test.host.url}/healthz`, { headers: { host, authorization, ...headers } }).then(
      ({ status }) => status
    )
  }

  it.runIf(process.platform === 'linux')('is found on another address, and asks for a key', async () => {
    const { status } = await rawRequest(`http://127.0.0.2:${port}/healthz`, { headers: { host: `panel-7:${port}` } })
    expect(status).toBe(401)
  })

  it('takes its own names, those that it was given, and no other, so that no page reaches it by a name of its own', async () => {
    for (const host of [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `panel-7:${port}`,
      `PANEL-7:${port}`,
      'mapped:9000'
    ]) {
      expect({ host, status: await statusOf(host) }).toEqual({ host, status: 200 })
    }
    for (const host of [
      'panel-7',
      'panel-7:9000',
      `mapped:${port}`,
      `0.0.0.0:${port}`,
      `evil.example:${port}`,
      `127.0.0.2:${port}`
    ]) {
      expect({ host, status: await statusOf(host) }).toEqual({ host, status: 421 })
    }
  })

  it('takes the origin of the name that it was called by', async () => {
    const host = `panel-7:${port}`
    expect(await statusOf(host, { origin: `http://${host}` })).toBe(200)
    expect(await statusOf(host, { origin: test.host.url })).toBe(403)
    expect(await statusOf(`127.0.0.1:${port}`, { origin: `http://${host}` })).toBe(403)
  })

  it('tells the line its first name', async () => {
    const { endpoint, slug } = await test.detector()
    expect(endpoint).toBe(`http://panel-7:${port}/v1/inferences/${slug}/predict`)
  })

  it('keeps asking for keys as long as it listens there', async () => {
    const refused = await test.fetch('/v1/settings', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: '{"requireKeys":false}'
    })
    expect((await problemOf(refused)).code).toBe('CONFLICT')
    expect((await test.client.call(routes.settings, {})).requireKeys).toBe(true)
  })
})
