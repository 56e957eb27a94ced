import { appendFile, copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { modelSpec, routes, type IncomingModel } from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { readEvents } from '../helpers/eventReader.ts'
import { withExternalData } from '../helpers/externalData.ts'
import { TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

const fixture = (name: string) => new URL(`../fixtures/models/${name}`, import.meta.url)
const classes = ['a', 'b', 'c']
const input = { width: 8, height: 8, resize: 'stretch' }
const spec = modelSpec.parse({ name: 'Dropped', task: 'detection', family: 'yolo-detect', classes, input })

let test: TestHost
let folder: string
let project: string

beforeAll(async () => {
  test = await TestHost.start({ sampleFolder: null })
  const body = { name: 'Line', task: 'detection' as const, classes }
  project = (await test.client.call(routes.createProject, { body })).id
  folder = (await incoming()).folder
})
afterAll(() => test.remove())

const incoming = () => test.client.call(routes.listIncoming, {})

/** The file once it was read. */
function read(name: string): Promise<IncomingModel> {
  return until(`${name} was read`, async () => {
    const found = (await incoming()).items.find(({ fileName }) => fileName === name)
    return found && found.read.state !== 'waiting' ? found : undefined
  })
}

const names = async () => (await incoming()).items.map(({ fileName }) => fileName)

const dismiss = (id: string, deleteFile: 'true' | 'false') =>
  test.client.call(routes.dismissIncoming, { params: { id }, query: { deleteFile } })

it('a file put there is read, told of, and imported as an upload; it stays, and says which model it is', async () => {
  const stream = await readEvents(await test.fetch('/v1/events'))
  await copyFile(fixture('columns.onnx'), join(folder, 'dropped.onnx'))
  await stream.until((event) => event.type === 'changed' && event.what === 'models' && event.project === null)
  const found = await read('dropped.onnx')
  expect(found).toMatchObject({ read: { state: 'ready', family: 'yolo-detect', task: 'detection' }, models: [] })
  const { uploadId, fileName, bytes, sha256 } = await test.client.call(routes.inspectIncoming, {
    params: { id: found.id }
  })
  expect({ fileName, bytes }).toEqual({ fileName: 'dropped.onnx', bytes: found.bytes })
  const model = await test.client.call(routes.createModel, { params: { id: project }, body: { uploadId, spec } })
  expect(model.sha256).toBe(sha256)
  expect((await read('dropped.onnx')).models).toEqual([
    { id: model.id, name: 'Dropped', project: { id: project, name: 'Line' } }
  ])
  expect(await readFile(join(folder, 'dropped.onnx'))).toEqual(await readFile(fixture('columns.onnx')))
})

it('a file that is still being written is not offered before it is whole', async () => {
  const whole = await readFile(fixture('rows-nms.onnx'))
  const path = join(folder, 'slow.onnx')
  const seen = new Set<number>()
  for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 6)) {
    await appendFile(path, whole.subarray(at, at + Math.ceil(whole.length / 6)))
    // A camera's or a share's writer pauses between its parts, for less than a file must rest.
    await new Promise((resolve) => setTimeout(resolve, 400))
    for (const { fileName, bytes } of (await incoming()).items) if (fileName === 'slow.onnx') seen.add(bytes)
  }
  expect([...seen]).toEqual([])
  expect((await read('slow.onnx')).bytes).toBe(whole.length)
})

it('external data beside it is found by the name that the model gives it, whichever comes first', async () => {
  const { model, data } = withExternalData(await readFile(fixture('columns.onnx')), 'weights', 'weights.bin')
  await writeFile(join(folder, 'apart.onnx'), model)
  expect(await read('apart.onnx')).toMatchObject({ read: { state: 'refused' }, dataFiles: [] })
  await writeFile(join(folder, 'notes.txt'), 'weights.bin belongs to apart.onnx')
  await writeFile(join(folder, 'weights.bin'), data)
  const whole = await until('the data file was seen', async () => {
    const found = await read('apart.onnx')
    return found.dataFiles.length > 0 ? found : undefined
  })
  expect(whole).toMatchObject({ read: { state: 'ready' }, dataFiles: ['weights.bin'] })
  const { uploadId, dataFiles } = await test.client.call(routes.inspectIncoming, { params: { id: whole.id } })
  expect(dataFiles).toEqual(['weights.bin'])
  const body = { uploadId, spec: { ...spec, name: 'Apart' } }
  const made = await test.client.call(routes.createModel, { params: { id: project }, body })
  expect((await read('apart.onnx')).models.map(({ id }) => id)).toEqual([made.id])
})

it('what is no model says why; dismissed it is offered no more until that is undone', async () => {
  await writeFile(join(folder, 'notes.onnx'), 'not a model')
  await mkdir(join(folder, 'folder.onnx'))
  await symlink('/etc/hostname', join(folder, 'link.onnx'))
  const { id, read: seen } = await read('notes.onnx')
  expect(seen).toEqual({ state: 'refused', reason: expect.stringContaining('not an ONNX model') })
  expect(await codeOf(test.client.call(routes.inspectIncoming, { params: { id } }))).toBe('MODEL_UNREADABLE')
  await dismiss(id, 'false')
  expect(await names()).not.toContain('notes.onnx')
  await test.client.call(routes.restoreIncoming, { params: { id } })
  expect(await names()).toContain('notes.onnx')
  await dismiss(id, 'false')
})

it('what was dismissed stays on the disk, and unoffered after a restart until it is written anew', async () => {
  await test.stop()
  test = await TestHost.start({ sampleFolder: null, dataFolder: test.dataFolder })
  await read('dropped.onnx')
  expect((await names()).sort()).toEqual(['apart.onnx', 'dropped.onnx', 'slow.onnx'])
  expect(await readdir(folder)).toContain('notes.onnx')
  await writeFile(join(folder, 'notes.onnx'), 'another text')
  expect((await read('notes.onnx')).read.state).toBe('refused')
})

it('a file is deleted, with its data, only where that was asked for', async () => {
  const { id } = await read('apart.onnx')
  await dismiss(id, 'true')
  const left = await readdir(folder)
  expect(left).not.toContain('apart.onnx')
  expect(left).not.toContain('weights.bin')
  expect(left).toContain('notes.txt')
  expect(await codeOf(dismiss(id, 'true'))).toBe('NOT_FOUND')
  expect(await codeOf(test.client.call(routes.inspectIncoming, { params: { id } }))).toBe('NOT_FOUND')
  const response = await test.post(`/v1/models/incoming/${id}/inspect`, null)
  expect(response.status).toBe(401)
})
