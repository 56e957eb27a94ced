import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../main/contract/index.ts'
import { replay } from '../helpers/replay.ts'
import { readV2Answer } from '../helpers/v2Answer.ts'
import { rounded, V2Line } from '../helpers/v2Line.ts'

let line: V2Line

beforeAll(async () => {
  line = await V2Line.start()
})
afterAll(() => line.test.remove())

const recorded = (name: string) =>
  replay(new URL(`../fixtures/v2/${name}.http.gz`, import.meta.url), line.test.host.url)

describe('what Triton’s own client sends, byte by byte', () => {
  it('health and metadata', async () => {
    for (const name of ['live', 'ready', 'server', 'model', 'model-ready']) {
      const { status, headers } = await recorded(name)
      expect({ name, status, type: headers.get('content-type') }).toEqual({
        ...{ name, status: 200, type: 'application/json; charset=utf-8' }
      })
    }
  })

  it('a picture as binary data, everything back as binary data; compressed by gzip the same', async () => {
    for (const [name, id] of [
      ['picture-binary', 'binary-1'],
      ['picture-gzip', undefined]
    ] as const) {
      const { status, headers, body } = await recorded(name)
      expect(status).toBe(200)
      expect(headers.get('content-length')).toBe(String(body.length))
      const { head, outputs, binary } = readV2Answer(body, headers.get('inference-header-content-length'))
      expect(head.id).toBe(id)
      expect(binary).toEqual([...outputs.keys()])
      expect(outputs.get('classes')).toEqual(line.classes)
      expect(outputs.get('scores')).toEqual(line.scores)
      expect(outputs.get('boxes')).toEqual(line.boxes)
    }
  })

  it('a picture in JSON with chosen outputs, a timeout and metadata', async () => {
    const { status, headers, body } = await recorded('picture-json')
    expect(status).toBe(200)
    expect(headers.has('inference-header-content-length')).toBe(false)
    const { head, outputs } = readV2Answer(body, undefined)
    expect(head.id).toBe('json-1')
    expect([...outputs.keys()]).toEqual(['scores', 'classes', 'boxes'])
    expect(rounded(outputs.get('boxes'))).toEqual(line.boxes)
    const sample = await line.test.client.call(routes.getSample, {
      params: { id: String(head.parameters?.['sample_id']) }
    })
    expect(sample.metadata).toMatchObject({ Board: 'B-1042' })
  })

  it('outputs partly as JSON, partly as binary data', async () => {
    const { headers, body } = await recorded('picture-mixed')
    const { outputs, binary } = readV2Answer(body, headers.get('inference-header-content-length'))
    expect(binary).toEqual(['scores', 'boxes'])
    expect(outputs.get('classes')).toEqual(line.classes)
    expect(outputs.get('boxes')).toEqual(line.boxes)
  })

  it('the network’s input', async () => {
    const { status, headers, body } = await recorded('tensor')
    expect(status).toBe(200)
    const { head, outputs } = readV2Answer(body, headers.get('inference-header-content-length'))
    expect(head).toMatchObject({ id: 'tensor-1', model_version: 'raw' })
    expect(outputs.get('output0')?.length).toBe(10 * 6400)
  })
})
