import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readModelFacts } from '../../../main/engine/onnx/readModelFacts.ts'
import { bytes, join, number, utf8, varint } from '../../helpers/protobuf.ts'

// Field numbers: onnx.proto.

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'lineside-limits-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function facts(model: Uint8Array) {
  const path = joinPath(folder, 'model.onnx')
  await writeFile(path, model)
  return readModelFacts(path)
}

const output = bytes(12, bytes(1, utf8('y')))
const modelOf = (...graph: Uint8Array[]) => bytes(7, join([...graph, output]))

it('a key that other readers would cut to 32 bits is no key', async () => {
  const key = varint((1n << 32n) + 7n * 8n + 2n)
  const hidden = join([key, varint(3), Uint8Array.of(1, 2, 3)])
  await expect(facts(join([modelOf(), hidden]))).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
})

it('more of anything than a real model has is refused before it reaches the host', async () => {
  const many = (count: number, field: Uint8Array) => join(Array.from({ length: count }, () => field))
  const shape = (axes: number) => bytes(2, bytes(1, bytes(2, many(axes, bytes(1, number(1, 1))))))
  const unreadable = { code: 'MODEL_UNREADABLE' }
  expect((await facts(modelOf(many(999, bytes(11, Buffer.alloc(0)))))).inputs).toHaveLength(999)
  expect((await facts(modelOf(bytes(11, shape(64))))).inputs[0]?.shape).toHaveLength(64)
  await expect(facts(modelOf(many(1001, bytes(11, Buffer.alloc(0)))))).rejects.toMatchObject(unreadable)
  await expect(facts(modelOf(many(1001, output)))).rejects.toMatchObject(unreadable)
  await expect(facts(modelOf(bytes(11, shape(65))))).rejects.toMatchObject(unreadable)
  await expect(facts(join([modelOf(), many(1001, bytes(14, bytes(1, utf8('a'))))]))).rejects.toMatchObject(unreadable)
})
