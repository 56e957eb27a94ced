import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { modelSpec } from '../../main/contract/index.ts'
import { proveModel, tryModel } from '../../main/host/models/modelProbe.ts'
import { greyPng } from '../helpers/png.ts'
import { TestHost } from '../helpers/testHost.ts'

const modelPath = fileURLToPath(new URL('../fixtures/models/columns.onnx', import.meta.url))
const input = { width: 8, height: 8, resize: 'stretch' }
const spec = modelSpec.parse({
  name: 'Tried',
  task: 'detection',
  family: 'yolo-detect',
  classes: ['a', 'b', 'c'],
  input
})
const probed = { modelPath, externalData: [], spec, pixelLimit: 1_000_000 }

it('a trial that nobody waits for any more ends, whether it has begun or not', async () => {
  const begun = new AbortController()
  const trial = tryModel(probed, {}, new Uint8Array(greyPng(8, 8)), begun.signal)
  begun.abort()
  await expect(trial).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(tryModel(probed, {}, new Uint8Array(), begun.signal)).rejects.toMatchObject({ code: 'CONFLICT' })
})

it('a trial whose client has gone makes room for the next at once', async () => {
  const test = await TestHost.start({ sampleFolder: null })
  try {
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(await readFile(modelPath))]), 'columns.onnx')
    const inspected = await test.fetch('/v1/models/inspect', { method: 'POST', body: form })
    const { uploadId } = (await inspected.json()) as { uploadId: string }
    const image = Buffer.from(greyPng(8, 8)).toString('base64')
    const attempt = (signal?: AbortSignal) =>
      test.fetch('/v1/models/try', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ uploadId, spec, image }),
        ...(signal && { signal })
      })
    const gone = new AbortController()
    const crowd = Array.from({ length: 20 }, () => attempt(gone.signal).catch(() => 'given up'))
    gone.abort()
    expect(new Set(await Promise.all(crowd))).toEqual(new Set(['given up']))
    expect((await attempt()).status).toBe(200)
  } finally {
    await test.remove()
  }
})

it('what proves a model tells its operator set', async () => {
  expect((await proveModel(probed)).opset).toBeGreaterThanOrEqual(11)
})
