import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inference, prediction, predictAnswer, routes } from '../../main/contract/index.ts'
import { isHere, runProgram } from '../helpers/programs.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'

/** The client for Python in resources/examples, run by Python 3 where that is here. */

const examples = fileURLToPath(new URL('../../resources/examples', import.meta.url))

/** Runs lines of Python that have the module, and gives what they print as JSON. */
async function python(lines: string[], environment: Record<string, string> = {}): Promise<unknown> {
  const script = ['import json, sys', 'from lineside import Lineside, LinesideError', ...lines].join('\n')
  return JSON.parse(await runProgram(['python3', '-B', '-c', script], examples, environment))
}

describe.skipIf(!isHere('python3'))('the example client for Python', () => {
  let test: TestHost
  let picture: string
  let slug: string
  let line: string

  beforeAll(async () => {
    test = await TestHost.start()
    slug = (await test.detector()).slug
    picture = (await samplePictures())[0] ?? ''
    line = `line = Lineside("${test.host.url}", key="${await key('predict', 'control')}")`
  })
  afterAll(() => test.remove())

  async function key(...scopes: ('predict' | 'control')[]): Promise<string> {
    const body = { name: `Python ${scopes.join(' ')}`, scopes }
    return (await test.client.call(routes.createKey, { body })).secret
  }

  it('starts an inference, waits for it, predicts, and stops it, as keys are required', async () => {
    await test.client.call(routes.changeSettings, { body: { requireKeys: true } })
    const printed = await python([
      line,
      `line.start("${slug}")`,
      `healthy = line.until_healthy("${slug}")`,
      `line.record_next("${slug}")`,
      `answer = line.predict("${slug}", "${picture}", metadata={"Fläche": "prüfen – 検査"}, masks="none",`,
      '    deadline_ms=9000, request_id="B-7/1")',
      `again = line.predict("${slug}", open("${picture}", "rb").read())`,
      'known = [one["slug"] for one in line.inferences()]',
      `stopping = line.stop("${slug}")`,
      'print(json.dumps([healthy, answer, again, known, stopping]))'
    ])
    const [healthy, answer, again, known] = z
      .tuple([inference, predictAnswer, predictAnswer, z.array(z.string()), inference])
      .parse(printed)
    expect(healthy.status).toBe('healthy')
    expect(answer.predictions.length).toBeGreaterThan(0)
    expect(again.predictions).toEqual(answer.predictions)
    expect(answer.requestId).toBe('B-7/1')
    expect(answer.metadata['Fläche']).toBe('prüfen – 検査')
    expect(answer.sample).toMatchObject({ reasons: expect.arrayContaining(['manual']) })
    expect(known).toContain(slug)
    await test.untilStatus(slug, 'stopped')
  })

  it('tells what was refused by its code', async () => {
    const printed = await python([
      line,
      'def refusal(call):',
      '    try:',
      '        call()',
      '    except LinesideError as error:',
      '        return [error.status, error.code, error.detail]',
      `keyless = Lineside("${test.host.url}")`,
      'print(json.dumps([',
      `    refusal(lambda: line.predict("${slug}", b"anything")),`,
      '    refusal(lambda: line.predict("nobody/../x", b"anything")),',
      '    refusal(lambda: keyless.inferences()),',
      ']))'
    ])
    const [stopped, unknown, keyless] = z.array(z.tuple([z.number(), z.string(), z.string()])).parse(printed)
    expect(stopped).toEqual([409, 'INFERENCE_NOT_RUNNING', expect.stringContaining(slug)])
    expect(unknown?.slice(0, 2)).toEqual([404, 'NOT_FOUND'])
    expect(keyless?.slice(0, 2)).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('prints a line for each prediction where it is run by itself', async () => {
    await test.client.call(routes.changeSettings, { body: { requireKeys: false } })
    await test.client.call(routes.startInference, { params: { slug } })
    await test.untilStatus(slug, 'healthy')
    const answer = await test.post(`/v1/inferences/${slug}/predict`, new Uint8Array(await readFile(picture)))
    const { predictions } = predictAnswer.parse(await answer.json())
    const out = await runProgram(['python3', '-B', 'lineside.py', test.host.url, slug, picture], examples)
    const lines = out.trimEnd().split('\n')
    expect(lines.map((each) => each.split('\t')[1])).toEqual(predictions.map((one) => one.class))
    const nobody = runProgram(['python3', '-B', 'lineside.py', test.host.url, 'nobody', picture], examples)
    await expect(nobody).rejects.toThrow(/NOT_FOUND/)
  })
})

describe.skipIf(!isHere('python3'))('the example client for Python, where the host is busy or was away', () => {
  let server: Server
  let url: string
  const seen: string[] = []

  beforeAll(async () => {
    let asked = 0
    server = createServer((request, response) => {
      asked += 1
      seen.push(`${request.method} ${request.url}`)
      if (asked === 1) {
        response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/problem+json' })
        response.end('{"code":"QUEUE_FULL","detail":"many wait"}')
      } else if (asked === 2) response.end('{"items":[]}')
      else if (asked === 3) request.socket.destroy()
      else response.end('{"items":[1]}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => void server.close())

  it('comes again after the time that it was told, and over a new connection where the old one was closed', async () => {
    const printed = await python([
      'import time',
      `line = Lineside("${url}")`,
      'begun = time.monotonic()',
      'first = line.inferences()',
      'waited = time.monotonic() - begun',
      'print(json.dumps([first, line.inferences(), waited]))'
    ])
    const [first, second, waited] = z.tuple([z.array(z.unknown()), z.array(z.unknown()), z.number()]).parse(printed)
    expect({ first, second }).toEqual({ first: [], second: [1] })
    expect(waited).toBeGreaterThanOrEqual(1)
    expect(seen).toHaveLength(4)
  })
})

/** Nothing compiles C# here, so what can be told without a compiler is: it speaks of what the contract has. */
describe('the example client for C#', () => {
  it('reads fields that answers have, and calls routes that there are', async () => {
    const source = await readFile(`${examples}/Lineside.cs`, 'utf8')
    const fieldsOf = (record: string) => {
      const [, parameters = ''] = new RegExp(`record ${record}\\(([^)]*)\\)`).exec(source) ?? []
      // Commas between the types of a dictionary separate no parameters.
      const names = parameters
        .replace(/<[^>]*>/g, '')
        .split(',')
        .map((one) => one.trim().split(/\s+/).at(-1) ?? '')
      return names.map((name) => name.charAt(0).toLowerCase() + name.slice(1))
    }
    const has = { Prediction: prediction, PredictAnswer: predictAnswer, Inference: inference }
    for (const [record, { shape }] of Object.entries(has)) {
      expect(fieldsOf(record).length).toBeGreaterThan(4)
      expect(Object.keys(shape)).toEqual(expect.arrayContaining(fieldsOf(record)))
    }
    const { startInference, stopInference, recordNext, switchModel } = routes
    for (const { path } of [startInference, stopInference, recordNext, switchModel]) {
      expect(source).toContain(`"${path.split('/').at(-1)}"`)
    }
  })
})
