import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type Model, type ModelSpec, type Project } from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { sampleFolder, samplePictures, TestHost } from '../helpers/testHost.ts'

const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

let test: TestHost
let detectorFile: Blob
let detectorSpec: ModelSpec

beforeAll(async () => {
  test = await TestHost.start()
  detectorFile = new Blob([await readFile(join(sampleFolder, 'bare-boards', 'bare-boards.onnx'))])
  const { project } = await test.detector()
  const [model] = (await test.client.call(routes.listModels, { params: { id: project.id } })).items
  if (!model) throw new Error('the sample project has no model')
  detectorSpec = model.spec
})
afterAll(() => test.remove())

function newProject(name: string, classes: string[] = []): Promise<Project> {
  return test.client.call(routes.createProject, { body: { name, task: 'detection', classes } })
}

describe('several models of a project', () => {
  let project: Project
  let first: Model
  let second: Model

  const upload = async () => {
    const form = new FormData()
    form.set('file', detectorFile, 'line 4.onnx')
    return (await test.client.send(routes.inspectModel, {}, form)).uploadId
  }
  const add = async (name: string) => {
    const body = { uploadId: await upload(), spec: { ...detectorSpec, name } }
    return test.client.call(routes.createModel, { params: { id: project.id }, body })
  }
  const change = (id: string, body: object) => test.client.call(routes.changeModel, { params: { id }, body })
  const list = async () => (await test.client.call(routes.listModels, { params: { id: project.id } })).items

  beforeAll(async () => {
    project = await newProject('Several models', [...detectorSpec.classes, 'one more'])
    first = await add('One')
    second = await add('Two')
  })

  it('have one default, which can be another', async () => {
    expect((await list()).map(({ isDefault }) => isDefault)).toEqual([true, false])
    expect(await change(second.id, { isDefault: true })).toEqual({ ...second, isDefault: true })
    expect((await list()).map(({ isDefault }) => isDefault)).toEqual([false, true])
    expect(await codeOf(change(second.id, { isDefault: false }))).toBe('INVALID_REQUEST')
  })

  it('are renamed, by names that differ whatever their case, and say their version', async () => {
    const renamed = await change(first.id, { name: 'ONE', version: '2.1' })
    expect(renamed.spec).toEqual({ ...first.spec, name: 'ONE', version: '2.1' })
    expect(await codeOf(change(first.id, { name: 'two' }))).toBe('NAME_TAKEN')
    expect(await codeOf(change(nobody, { version: '2' }))).toBe('NOT_FOUND')
  })

  it('get another file, but not while they run, nor one that lacks what is in use', async () => {
    const given = { project: project.id, model: second.id, type: 'api' as const, name: 'Replacing' }
    const { slug } = await test.client.call(routes.createInference, { body: given })
    const replace = (body: object) => {
      const route = { params: { id: second.id }, body: { uploadId, ...body } }
      return test.client.call(routes.replaceModel, route)
    }
    let uploadId = await upload()
    await test.client.call(routes.startInference, { params: { slug } })
    expect(await codeOf(replace({}))).toBe('CONFLICT')
    await test.client.call(routes.stopInference, { params: { slug } })
    await test.untilStatus(slug, 'stopped')
    const renamed = [...detectorSpec.classes.slice(1), 'one more']
    expect(await codeOf(replace({ spec: { ...detectorSpec, classes: renamed } }))).toBe('CONFLICT')
    const replaced = await replace({ spec: { ...detectorSpec, name: 'other', version: '3' } })
    expect(replaced).toMatchObject({ id: second.id, fileName: 'line 4.onnx', spec: { name: 'Two', version: '3' } })
    expect(await codeOf(replace({}))).toBe('NOT_FOUND')
    uploadId = await upload()
    expect(await codeOf(replace({ spec: { ...detectorSpec, input: { ...detectorSpec.input, width: 64 } } }))).toBe(
      'MODEL_UNSUPPORTED'
    )
    await test.client.call(routes.startInference, { params: { slug } })
    await test.untilStatus(slug, 'healthy')
  })

  it('are tried on a picture, saved or not, and find what a run finds', async () => {
    const [, file = ''] = await samplePictures()
    const picture = new Uint8Array(await readFile(file))
    const { slug } = await test.running('Judge')
    const { predictions, image } = await test.client.send(routes.predict, { params: { slug } }, picture)
    const saved = await test.client.send(routes.tryModel, { params: { id: first.id } }, picture)
    expect(saved).toMatchObject({ image, predictions })
    const given = { uploadId: await upload(), spec: detectorSpec, image: Buffer.from(picture).toString('base64') }
    expect((await test.client.call(routes.tryUpload, { body: given })).predictions).toEqual(predictions)
    const parameters = { confidence: 1 }
    expect((await test.client.call(routes.tryUpload, { body: { ...given, parameters } })).predictions).toEqual([])
    const wrong = { ...given, parameters: { confidence: 2 } }
    expect(await codeOf(test.client.call(routes.tryUpload, { body: wrong }))).toBe('INVALID_REQUEST')
    const strange = { ...given, spec: { ...detectorSpec, classes: ['one'] } }
    expect(await codeOf(test.client.call(routes.tryUpload, { body: strange }))).toBe('MODEL_UNSUPPORTED')
  })

  it('say why a picture cannot be tried', async () => {
    const attempt = (id: string, text: string) =>
      codeOf(test.client.send(routes.tryModel, { params: { id } }, new TextEncoder().encode(text)))
    expect(await attempt(nobody, 'GIF89a')).toBe('NOT_FOUND')
    expect(await attempt(first.id, 'GIF89a')).toBe('IMAGE_UNREADABLE')
    expect(await attempt(first.id, '<svg/>')).toBe('UNSUPPORTED_MEDIA_TYPE')
    const response = await test.post(`/v1/models/${first.id}/try`, 'GIF89a', { 'content-type': 'image/gif' })
    expect(response.status).toBe(401)
  })
})
