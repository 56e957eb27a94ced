import { connect } from 'node:net'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import fastify, { type FastifyInstance } from 'fastify'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../main/host/refusal.ts'
import { limitConnections, deepJson } from '../../main/host/server/limits.ts'
import { greyPng } from '../helpers/png.ts'
import { problemOf, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

describe('connections', () => {
  let app: FastifyInstance
  let port: number

  beforeAll(async () => {
    app = fastify({ connectionTimeout: 20_000 })
    limitConnections(app, { most: 3, bodySilenceMs: 300 })
    app.post('/', async () => 'taken')
    app.post('/slow', () => delay(600, 'done'))
    port = Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
  })
  afterAll(() => app.close())

  /** Says something on a connection. @returns what it hears until the other side ends it, and how to say more */
  function talk(text: string) {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part))
    socket.on('error', () => undefined)
    socket.write(text)
    const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(heard)))
    return { socket, closed }
  }

  const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n'

  it('whose request’s body stands still are cut', async () => {
    expect(await talk(`${head}\r\n{`).closed).toBe('')
  })

  it('that send it in time, and those that only wait, are not', async () => {
    const slow = talk(`${head}Connection: close\r\n\r\n{`)
    setTimeout(() => slow.socket.write('}'), 100)
    expect(await slow.closed).toContain('taken')
    const waiting = talk('')
    const still = await Promise.race([waiting.closed, delay(600, 'open')])
    expect(still).toBe('open')
    waiting.socket.destroy()
  })

  it('whose request is worked on for long are not', async () => {
    for (const body of ['', '{}']) {
      const typed = body === '' ? head.replace(/Content-Type.*\r\n/, '') : head
      const slow = typed.replace('/', '/slow').replace('Length: 2', `Length: ${body.length}`)
      expect(await talk(`${slow}Connection: close\r\n\r\n${body}`).closed).toContain('done')
    }
  })

  it('beyond the most are closed at once, and room is there again afterwards', async () => {
    const held = [talk(''), talk(''), talk('')]
    await Promise.all(held.map(({ socket }) => once(socket, 'connect')))
    expect(await talk(`${head}\r\n{}`).closed).toBe('')
    for (const { socket } of held) socket.destroy()
    await until('there is room', async () => {
      const heard = await talk(`${head}Connection: close\r\n\r\n{}`).closed
      return heard.includes('taken') ? true : undefined
    })
  })
})

describe('JSON', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

  it('is refused where it nests deeper than 32 levels, whatever its texts hold', () => {
    const wrapped = fc
      .tuple(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 36 }), fc.boolean())
      .map(([value, levels, asList]) => {
        let all: unknown = value
        for (let level = 0; level < levels; level++) all = asList ? [all, '[{"\\'] : { '}]"': all }
        return all
      })
    fc.assert(
      fc.property(wrapped, (value) => {
        const refusal = deepJson(JSON.stringify(value))
        if (depthOf(value) > 32) expect(refusal).toBeInstanceOf(Refusal)
        else expect(refusal).toBeUndefined()
      })
    )
  })

  it('is leapt over where it is one long text', () => {
    const text = `{"image":"${'QUJD'.repeat(5_000_000)}"}`
    const leastOf = (work: () => void) =>
      Math.min(
        ...Array.from({ length: 7 }, () => {
          const began = performance.now()
          work()
          return performance.now() - began
        })
      )
    expect(leastOf(() => deepJson(text))).toBeLessThan(5 + leastOf(() => JSON.parse(text)))
  })
})

describe('what a request holds', () => {
  let test: TestHost
  let slug: string

  beforeAll(async () => {
    test = await TestHost.start()
    slug = (await test.detector()).slug
  })
  afterAll(() => test.remove())

  const json = { 'content-type': 'application/json' }
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`

  it('is JSON of bounded depth, wherever it stands', async () => {
    const project = `{"name":"deep","task":"detection","classes":${deep}}`
    const form = new FormData()
    form.append('image', new Blob([new Uint8Array(greyPng(8, 8))]))
    form.append('metadata', new Blob([deep], { type: 'application/json' }))
    const predict = `/v1/inferences/${slug}/predict`
    for (const answer of [
      await test.fetch('/v1/projects', { method: 'POST', headers: json, body: project }),
      await test.post(predict, `{"image":"QUJD","metadata":${deep}}`, json),
      await test.post(predict, 'QUJD', { 'content-type': 'image/png', 'lineside-metadata': deep.slice(0, 5000) }),
      await test.post(predict, form)
    ]) {
      expect((await problemOf(answer)).code).toBe('INVALID_REQUEST')
    }
  })

  it('may be wrong a million times and gets a short answer', async () => {
    const body = `{"name":"wrong","task":"detection","classes":[${Array(10_000).fill('1').join()}]}`
    const { fields, detail } = await problemOf(
      await test.fetch('/v1/projects', { method: 'POST', headers: json, body })
    )
    expect(fields).toHaveLength(50)
    expect(fields?.[49]?.path).toBe('classes.49')
    expect(detail).toContain('and 9950 more')
  })

  it('has at most 50 metadata of at most 100 and 2000 characters', async () => {
    const of = (metadata: unknown) =>
      test.post(`/v1/inferences/${slug}/predict`, JSON.stringify({ image: 'QUJD', metadata }), json)
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'v']))
    const codes = []
    for (const metadata of [
      many(50),
      many(51),
      { ['k'.repeat(100)]: 'v'.repeat(2000) },
      { ['k'.repeat(101)]: 'v' },
      { k: 'v'.repeat(2001) },
      { timestamp: 'now' },
      { k: ['v'] }
    ]) {
      codes.push((await problemOf(await of(metadata))).code)
    }
    const [taken, refused] = ['INFERENCE_NOT_RUNNING', 'INVALID_REQUEST']
    expect(codes).toEqual([taken, refused, taken, refused, refused, refused, refused])
  })

  it('has parts with names', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x', authorization: `Bearer ${test.host.token}` }
    const form = (disposition: string) => `--x\r\nContent-Disposition: ${disposition}\r\n\r\nabc\r\n--x--\r\n`
    for (const path of [`/v1/inferences/${slug}/predict`, '/v1/models/inspect']) {
      for (const disposition of ['form-data', 'form-data; filename="x"', 'form-data; name="data"', 'attachment']) {
        const { code } = await problemOf(await test.post(path, form(disposition), headers))
        expect(code).toBe('INVALID_REQUEST')
      }
    }
  })

  it('has no more parts than its form', async () => {
    const picture = new Blob([new Uint8Array(greyPng(8, 8))])
    const send = async (...parts: [string, Blob | string][]) => {
      const form = new FormData()
      for (const [name, value] of parts) form.append(name, value)
      return (await problemOf(await test.post(`/v1/inferences/${slug}/predict`, form))).code
    }
    expect(await send(['image', picture], ['metadata', '{}'])).toBe('INFERENCE_NOT_RUNNING')
    expect(await send(['image', picture], ['image', picture])).toBe('INVALID_REQUEST')
    expect(await send(['image', picture], ['metadata', '{}'], ['metadata', '{}'])).toBe('INVALID_REQUEST')
    expect(await send(...Array.from({ length: 1000 }, (): [string, string] => ['x', '']))).toBe('INVALID_REQUEST')
  })
})
