import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { errorCodes, predictAnswer, routes } from '../../main/contract/index.ts'
import { isHere, runProgram } from '../helpers/programs.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'

/** Every example of `/docs`, as a reader copies it, run against the host that served the page. */

const hasCurl = isHere('curl')
const hasPython = isHere('python3')

let test: TestHost
let folder: string
let page: string
let found: { class: string; confidence: number }[]

beforeAll(async () => {
  test = await TestHost.start()
  await test.running('Line 7', { metadata: { Board: 'none', shift: 'early' } })
  page = await pageOf()
  folder = await mkdtemp(join(tmpdir(), 'lineside-docs-'))
  const [picture = ''] = await samplePictures()
  await copyFile(picture, join(folder, 'picture.jpg'))
  const response = await test.post('/v1/inferences/line-7/predict', new Uint8Array(await readFile(picture)))
  found = predictAnswer.parse(await response.json()).predictions
  expect(found.length).toBeGreaterThan(1)
})
afterAll(async () => {
  await test.remove()
  await rm(folder, { recursive: true, force: true })
})

async function pageOf(): Promise<string> {
  return (await test.fetch('/docs')).text()
}

/** The code of an example, as a browser shows it. */
function codeOf(id: string): string {
  const code = new RegExp(`<figure id="${id}">.*?<code>(.*?)</code></pre>`, 's').exec(page)?.[1]
  if (code === undefined) throw new Error(`the page has no example ${id}`)
  return code.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
}

async function run(id: string, environment: Record<string, string> = {}): Promise<string> {
  const kind = id.split('-').at(-1)
  if (kind === 'curl') return runProgram(['sh', '-ec', codeOf(id)], folder, environment)
  const [program, file] = kind === 'node' ? [process.execPath, `${id}.mjs`] : ['python3', `${id}.py`]
  await writeFile(join(folder, file), codeOf(id))
  return runProgram([program, file], folder, environment)
}

/** As Python and Node print them. */
function printed(): string {
  return found.map((one) => `${one.class} ${one.confidence}\n`).join('')
}

describe('an example of /docs', () => {
  it.skipIf(!hasCurl)('for curl posts a picture', async () => {
    expect(predictAnswer.parse(JSON.parse(await run('predict-curl'))).predictions).toEqual(found)
  })

  it('for Node posts a picture', async () => {
    expect(await run('predict-node')).toBe(printed())
  })

  it.skipIf(!hasPython)('for Python posts a picture', async () => {
    expect(await run('predict-python')).toBe(printed())
  })

  for (const [kind, isThere] of Object.entries({ curl: hasCurl, node: true, python: hasPython })) {
    it.skipIf(!isThere)(`for ${kind} says all that a request may say`, async () => {
      const answer = predictAnswer.parse(JSON.parse(await run(`everything-${kind}`)))
      expect(answer.predictions.map((one) => one.class)).toEqual(found.map((one) => one.class))
      expect(answer.requestId).toBe('B-1042/1')
      expect(answer.metadata).toMatchObject({ Board: 'B-1042', shift: 'early' })
    })
  }

  it.skipIf(!hasCurl)('posts a form, and JSON', async () => {
    for (const id of ['form-curl', 'json-curl']) {
      const answer = predictAnswer.parse(JSON.parse(await run(id)))
      expect(answer.predictions).toEqual(found)
      expect(answer.metadata['Board']).toBe('B-1042')
    }
  })

  it.skipIf(!hasCurl)('speaks the Open Inference Protocol', async () => {
    const answer = z.object({ outputs: z.array(z.object({ name: z.string(), data: z.array(z.unknown()) })) })
    const { outputs } = answer.parse(JSON.parse(await run('protocol-curl')))
    expect(outputs.find(({ name }) => name === 'classes')?.data).toEqual(found.map((one) => one.class))
  })

  it.skipIf(!hasCurl)('looks at status and health', async () => {
    expect(await run('health-curl')).toContain('"status":"healthy"')
  })

  it('for C# says the same as the one for Python: address, headers, options', () => {
    for (const id of ['predict', 'everything']) {
      const [cSharp, python] = [codeOf(`${id}-csharp`), codeOf(`${id}-python`)]
      const said = /"(http:\/\/[^"]+|image\/\w+|Lineside-[\w-]+|X-[\w-]+)"/g
      const texts = (code: string) => [...code.matchAll(said)].map(([, one]) => one).toSorted()
      expect(texts(cSharp)).toEqual(texts(python))
      expect(texts(cSharp).length).toBeGreaterThan(1)
    }
  })

  it('has a key where keys are required', async () => {
    await test.client.call(routes.changeSettings, { body: { requireKeys: true } })
    const body = { name: 'Examples', scopes: ['predict' as const, 'control' as const] }
    const { secret } = await test.client.call(routes.createKey, { body })
    page = await pageOf()
    const key = { LINESIDE_KEY: secret }
    expect(await run('predict-node', key)).toBe(printed())
    await expect(run('predict-node')).rejects.toThrow(/key/)
    await run('everything-node', key)
    if (hasPython) for (const id of ['predict-python', 'everything-python']) await run(id, key)
    if (!hasCurl) return
    const ids = [
      'predict-curl',
      'everything-curl',
      'form-curl',
      'json-curl',
      'health-curl',
      'protocol-curl',
      'control-curl'
    ]
    for (const id of ids) expect({ id, out: await run(id, key) }).not.toEqual({ id, out: '' })
    await test.untilStatus('line-7', 'stopped')
  })
})

describe('/docs', () => {
  it('names the host as it was called, an inference that runs, and every error of predict', async () => {
    const called = test.host.url.replace('127.0.0.1', 'localhost')
    const authorization = `Bearer ${test.host.token}`
    const other = await (await fetch(`${called}/docs/`, { headers: { authorization } })).text()
    expect(other).toContain(`${called}/v1/inferences/`)
    expect(other).not.toContain('127.0.0.1')
    for (const code of routes.predict.errors) {
      expect(other).toContain(`<td>${errorCodes[code].status}</td><td><code>${code}</code></td>`)
    }
  })

  it('leads to what is there, and to nothing elsewhere', async () => {
    const links = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link = '']) => link)
    expect(links).toEqual(
      expect.arrayContaining(['/docs/api', '/openapi.json', '/docs/lineside.py', '/docs/Lineside.cs'])
    )
    for (const link of links) {
      expect(link).toMatch(/^\/(?!\/)/)
      expect({ link, ok: (await test.fetch(link, { redirect: 'follow' })).ok }).toEqual({ link, ok: true })
    }
    const client = await (await test.fetch('/docs/lineside.py')).text()
    expect(client).toBe(await readFile(new URL('../../resources/examples/lineside.py', import.meta.url), 'utf8'))
  })
})
