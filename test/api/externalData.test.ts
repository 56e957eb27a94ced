import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { modelSpec, routes } from '../../main/contract/index.ts'
import { withExternalData } from '../helpers/externalData.ts'
import { greyPng } from '../helpers/png.ts'
import { TestHost } from '../helpers/testHost.ts'

const classes = ['a', 'b', 'c']
const input = { width: 8, height: 8, resize: 'stretch' }
const spec = modelSpec.parse({ name: 'Apart', task: 'detection', family: 'yolo-detect', classes, input })
const picture = new Uint8Array(greyPng(8, 8))

let test: TestHost
let project: string
let whole: Uint8Array

beforeAll(async () => {
  test = await TestHost.start({ sampleFolder: null })
  const body = { name: 'Apart', task: 'detection' as const, classes }
  project = (await test.client.call(routes.createProject, { body })).id
  whole = await readFile(new URL('../fixtures/models/columns.onnx', import.meta.url))
})
afterAll(() => test.remove())

type File = [part: string, name: string, content: Uint8Array<ArrayBuffer>]

function formOf(files: File[]): FormData {
  const form = new FormData()
  for (const [part, name, content] of files) form.append(part, new Blob([content]), name)
  return form
}

const inspect = (files: File[]) => test.client.send(routes.inspectModel, {}, formOf(files))

async function create(files: File[]) {
  const form = formOf(files)
  form.set('spec', JSON.stringify(spec))
  return test.client.send(routes.createModel, { params: { id: project } }, form)
}

async function refusalOf(attempt: Promise<unknown>): Promise<{ code: string; detail: string }> {
  try {
    await attempt
    return { code: 'no refusal', detail: '' }
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem
    throw error
  }
}

const uploads = () => readdirSync(join(test.dataFolder, 'uploads'))

it('a model with external data finds what it finds in one piece, in either order of its files', async () => {
  const { model, data } = withExternalData(whole, 'weights', 'weights.bin')
  const one = await create([['file', 'whole.onnx', new Uint8Array(whole)]])
  const files: File[] = [
    ['file', 'apart.onnx', model],
    ['data', 'weights.bin', data]
  ]
  const apart = await create(files)
  expect(apart).toMatchObject({ dataFiles: ['weights.bin'], bytes: model.length + data.length, fileName: 'apart.onnx' })
  expect((await create(files.toReversed())).sha256).toBe(apart.sha256)
  const attempt = (id: string) => test.client.send(routes.tryModel, { params: { id } }, picture)
  const [expected, found] = [await attempt(one.id), await attempt(apart.id)]
  expect(expected.predictions.length).toBeGreaterThan(0)
  expect(found.predictions).toEqual(expected.predictions)
  const { slug } = await running(apart.id)
  expect((await test.client.send(routes.predict, { params: { slug } }, picture)).predictions).toEqual(
    expected.predictions
  )
  expect(uploads()).toEqual([])
})

function running(model: string) {
  const body = { project, model, type: 'api' as const, name: 'Apart' }
  return test.client.call(routes.createInference, { body }).then(async ({ slug }) => {
    await test.client.call(routes.startInference, { params: { slug } })
    return test.untilStatus(slug, 'healthy')
  })
}

it('other weights under the same name are another model; files go with the last model of theirs', async () => {
  const { model, data } = withExternalData(whole, 'weights', 'w')
  const made = await create([
    ['file', 'm.onnx', model],
    ['data', 'w', data]
  ])
  const others = await create([
    ['file', 'm.onnx', model],
    ['data', 'w', data.map((byte) => byte ^ 1)]
  ])
  expect(others.sha256).not.toBe(made.sha256)
  const folder = join(test.dataFolder, 'models', made.sha256)
  expect(readdirSync(folder).sort()).toEqual(['model.onnx', 'w'])
  await test.client.call(routes.deleteModel, { params: { id: made.id } })
  expect(existsSync(folder)).toBe(false)
})

it('weights that were not given, or lie elsewhere, are refused by their name, and nothing stays', async () => {
  const before = uploads()
  for (const location of ['weights.bin', '../weights.bin', 'in/weights.bin', '/etc/hostname', 'C:\\weights.bin']) {
    const { model, data } = withExternalData(whole, 'weights', location)
    const given: File[] = location === 'weights.bin' ? [] : [['data', 'weights.bin', data]]
    const { code, detail } = await refusalOf(inspect([['file', 'm.onnx', model], ...given]))
    expect(code).toBe('MODEL_UNSUPPORTED')
    expect(detail).toContain(JSON.stringify(location))
  }
  expect(uploads()).toEqual(before)
})

it('a name that is taken, or no name of a file alone, is refused', async () => {
  const { model, data } = withExternalData(whole, 'weights', 'w')
  const before = uploads()
  for (const names of [['w', 'W'], ['model.onnx'], ['..'], ['C:w'], ['é'.repeat(128)], ['w.']]) {
    const given = names.map((name): File => ['data', name, data])
    expect(await refusalOf(inspect([['file', 'm.onnx', model], ...given]))).toMatchObject({ code: 'INVALID_REQUEST' })
  }
  const twice: File[] = [
    ['file', 'm.onnx', model],
    ['file', 'n.onnx', model]
  ]
  expect(await refusalOf(inspect(twice))).toMatchObject({ code: 'INVALID_REQUEST' })
  expect(uploads()).toEqual(before)
})
