import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, task as taskOf, type ModelSpec, type Project, type ProjectChange } from '../../main/contract/index.ts'
import { codeOf } from '../helpers/codeOf.ts'
import { problemOf, sampleFolder, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

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

describe('the workstation and its settings', () => {
  it('tell what Lineside is and how it is', async () => {
    const settings = await test.client.call(routes.settings, {})
    expect(settings).toMatchObject({ dataFolder: test.dataFolder, url: test.host.url })
    const { cpu, disk } = await test.client.call(routes.workstation, {})
    expect(cpu.cores).toBeGreaterThan(0)
    expect(disk.freeBytes).toBeLessThan(disk.totalBytes)
  })

  it('have a project of each kind on the first start, the detector’s first', async () => {
    const { items } = await test.client.call(routes.listProjects, {})
    const { sampleProject } = await test.client.call(routes.settings, {})
    expect(items.map(({ task }) => task).sort()).toEqual([...taskOf.options].sort())
    expect(items.find(({ id }) => id === sampleProject)?.task).toBe('detection')
    for (const project of items) expect(project).toMatchObject({ models: 1, inferences: 1, running: 0, samples: 0 })
  })
})

describe('projects', () => {
  it('are created, read, renamed, given classes, deleted', async () => {
    const { id } = await newProject('Plates', ['dent'])
    const renamed = await test.client.call(routes.changeProject, { params: { id }, body: { name: 'Steel plates' } })
    expect(renamed).toMatchObject({ name: 'Steel plates', classes: ['dent'] })
    const grown = await test.client.call(routes.changeProject, { params: { id }, body: { classes: ['dent', 'rust'] } })
    expect(grown).toEqual(await test.client.call(routes.getProject, { params: { id } }))
    expect(grown.classes).toEqual(['dent', 'rust'])
    const deleted = await test.fetch(`/v1/projects/${id}`, { method: 'DELETE' })
    expect({ status: deleted.status, body: await deleted.text() }).toEqual({ status: 204, body: '' })
    expect(await codeOf(test.client.call(routes.getProject, { params: { id } }))).toBe('NOT_FOUND')
  })

  it('keep the colours of their classes, chosen or of the palette', async () => {
    const { id, colours } = await newProject('Coloured', ['dent', 'rust', 'stain'])
    expect(colours).toEqual(['#0072b2', '#d55e00', '#009e73'])
    const change = (body: ProjectChange) => test.client.call(routes.changeProject, { params: { id }, body })
    const chosen = await change({ colours: [{ class: 'rust', colour: '#123456' }] })
    expect(chosen.colours).toEqual(['#0072b2', '#123456', '#009e73'])
    expect(await test.client.call(routes.getProject, { params: { id } })).toEqual(chosen)
    const moved = await change({ classes: ['new', 'stain', 'rust'] })
    expect(moved.colours).toEqual(['#0072b2', '#009e73', '#123456'])
    const reset = await change({ colours: [{ class: 'rust', colour: null }] })
    expect(reset.colours).toEqual(['#0072b2', '#009e73', '#d55e00'])
    const foreign = await test.fetch(`/v1/projects/${id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ colours: [{ class: 'dent', colour: '#123456' }] })
    })
    expect((await problemOf(foreign)).fields).toEqual([
      { path: 'colours.0.class', message: '“dent” is not a class of the project' }
    ])
    expect(await codeOf(change({ colours: [{ class: 'new', colour: 'red' }] }))).toBe('INVALID_REQUEST')
  })

  it('are refused where the name is taken, an id is unknown or none, a model needs a class', async () => {
    await newProject('Taken')
    expect(await codeOf(newProject('taken'))).toBe('NAME_TAKEN')
    expect(await codeOf(newProject('Twice', ['a', 'a']))).toBe('INVALID_REQUEST')
    expect(await codeOf(test.client.call(routes.deleteProject, { params: { id: nobody } }))).toBe('NOT_FOUND')
    expect(await codeOf(test.client.call(routes.getProject, { params: { id: '1' } }))).toBe('INVALID_REQUEST')
    const { project } = await test.detector()
    const without = { params: { id: project.id }, body: { classes: [] } }
    expect(await codeOf(test.client.call(routes.changeProject, without))).toBe('CONFLICT')
  })
})

describe('models', () => {
  const inspect = (file: Blob) => {
    const form = new FormData()
    form.set('file', file, 'line 3.onnx')
    return test.client.send(routes.inspectModel, {}, form)
  }

  it('say what they are, and are taken by that upload into a project whose classes they have', async () => {
    const { uploadId, spec, sources, inputs } = await inspect(detectorFile)
    expect(spec).toMatchObject({ task: 'detection', family: 'yolo-detect', classes: detectorSpec.classes })
    expect(sources['classes']).toBe('file')
    expect(inputs[0]?.shape).toHaveLength(4)
    const { id } = await newProject('Boards', detectorSpec.classes)
    const body = { uploadId, spec: { ...detectorSpec, name: 'boards' } }
    const model = await test.client.call(routes.createModel, { params: { id }, body })
    expect(model).toMatchObject({ project: id, fileName: 'line 3.onnx', bytes: detectorFile.size, usedBy: [] })
    expect((await test.client.call(routes.listModels, { params: { id } })).items).toEqual([model])
    await test.client.call(routes.deleteModel, { params: { id: model.id } })
    expect((await test.client.call(routes.listModels, { params: { id } })).items).toEqual([])
  })

  it('come in one form with their spec too, in either order; a repeated name gets a number', async () => {
    const { id } = await newProject('Forms', detectorSpec.classes)
    const names = []
    for (const order of [
      ['file', 'spec'],
      ['spec', 'file']
    ] as const) {
      const form = new FormData()
      for (const part of order) form.set(part, part === 'file' ? detectorFile : JSON.stringify(detectorSpec))
      names.push((await test.client.send(routes.createModel, { params: { id } }, form)).spec.name)
    }
    expect(names).toEqual([detectorSpec.name, `${detectorSpec.name} (2)`])
  })

  it('are refused where their file does not fit their family', async () => {
    const { id } = await newProject('Misread', detectorSpec.classes)
    const classifier = new Blob([await readFile(join(sampleFolder, 'board-check', 'board-check.onnx'))])
    const { uploadId } = await inspect(classifier)
    const create = { params: { id }, body: { uploadId, spec: detectorSpec } }
    expect(await codeOf(test.client.call(routes.createModel, create))).toBe('MODEL_UNSUPPORTED')
  })

  it('are refused where they are none, have foreign classes, are missing or in use', async () => {
    expect(await codeOf(inspect(new Blob(['not a model'])))).toBe('MODEL_UNREADABLE')
    expect(await codeOf(test.client.send(routes.inspectModel, {}, new FormData()))).toBe('INVALID_REQUEST')
    const { id } = await newProject('Foreign classes')
    const { uploadId } = await inspect(detectorFile)
    const create = { params: { id }, body: { uploadId, spec: detectorSpec } }
    expect(await codeOf(test.client.call(routes.createModel, create))).toBe('CONFLICT')
    const unknown = { params: { id }, body: { uploadId: nobody, spec: detectorSpec } }
    expect(await codeOf(test.client.call(routes.createModel, unknown))).toBe('NOT_FOUND')
    expect(await codeOf(test.client.call(routes.deleteModel, { params: { id: nobody } }))).toBe('NOT_FOUND')
    const { model } = await test.detector()
    expect(await codeOf(test.client.call(routes.deleteModel, { params: { id: model.id } }))).toBe('CONFLICT')
  })
})

describe('inferences', () => {
  it('are saved with defaults, read, changed, deleted', async () => {
    const { project, model } = await test.detector()
    const given = { project: project.id, model: model.id, type: 'api' as const, name: 'Förderband 7 – Oberfläche' }
    const created = await test.client.call(routes.createInference, { body: given })
    expect(created).toMatchObject({ slug: 'forderband-7-oberflache', status: 'stopped', run: null, instances: [] })
    expect(created.endpoint).toBe(`${test.host.url}/v1/inferences/${created.slug}/predict`)
    const params = { slug: created.slug }
    const setup = await test.client.call(routes.getSetup, { params })
    expect(setup.general).toMatchObject({ shutdown: { kind: 'never' }, instances: 1, queue: 32, deadlineMs: 10_000 })
    expect(setup.general.threads).toBeGreaterThanOrEqual(1)
    const changed = await test.client.call(routes.changeSetup, {
      params,
      body: { ...given, name: 'Surface', metadata: { a: 1 } }
    })
    expect(changed).toMatchObject({ slug: created.slug, name: 'Surface', metadata: { a: '1' } })
    await test.client.call(routes.deleteInference, { params })
    expect(await codeOf(test.client.call(routes.getInference, { params }))).toBe('NOT_FOUND')
  })

  it('are refused with a taken slug or name, an unknown project or model, a wrong field', async () => {
    const { project, model, slug, name } = await test.detector()
    const given = { project: project.id, model: model.id, type: 'api' as const, name: 'Another' }
    const create = (body: object) => codeOf(test.client.call(routes.createInference, { body: { ...given, ...body } }))
    expect(await create({ slug })).toBe('NAME_TAKEN')
    expect(await create({ name })).toBe('NAME_TAKEN')
    expect(await create({ project: nobody })).toBe('NOT_FOUND')
    expect(await create({ model: nobody })).toBe('NOT_FOUND')
    expect(await create({ general: { queue: 0 } })).toBe('INVALID_REQUEST')
    expect(await create({ unheardOf: 1 })).toBe('INVALID_REQUEST')
    const response = await test.fetch('/v1/inferences', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...given, general: { threads: 0 }, metadata: { run: 'mine' } })
    })
    const { fields = [] } = await problemOf(response)
    expect(fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['general.threads', 'metadata.run']))
  })

  it('run and stop; while one is up neither it nor its project can go', async () => {
    const { slug, project, name } = await test.running('Up and down')
    const params = { slug }
    expect(await codeOf(test.client.call(routes.deleteInference, { params }))).toBe('CONFLICT')
    expect(await codeOf(test.client.call(routes.deleteProject, { params: { id: project.id } }))).toBe('CONFLICT')
    const again = await test.fetch(`/v1/inferences/${slug}/start`, { method: 'POST' })
    expect(again.status).toBe(202)
    expect((await test.client.call(routes.inferenceLogs, { params })).items.length).toBeGreaterThan(0)
    expect((await test.fetch(`/v1/inferences/${slug}/stop`, { method: 'POST' })).status).toBe(202)
    await test.untilStatus(slug, 'stopped')
    const run = await until('the run’s end is written down', async () => {
      const { items } = await test.client.call(routes.listRuns, { query: { inference: slug } })
      return items.length === 1 && items[0]?.endReason ? items[0] : undefined
    })
    expect(run).toMatchObject({ inference: { slug, name }, project: project.id, samples: 0 })
    expect(await codeOf(test.client.call(routes.startInference, { params: { slug: 'nobody' } }))).toBe('NOT_FOUND')
    expect(await codeOf(test.client.call(routes.stopInference, { params: { slug: 'nobody' } }))).toBe('NOT_FOUND')
  })

  it('show their last predictions with the pictures as they came', async () => {
    const { slug } = await test.running('Latest')
    const [file = ''] = await samplePictures()
    const picture = await readFile(file)
    const { requestId } = await test.client.send(routes.predict, { params: { slug } }, new Uint8Array(picture))
    const { items } = await test.client.call(routes.latest, { params: { slug } })
    expect(items).toMatchObject([{ requestId, sample: null }])
    const image = await test.fetch(`/v1/inferences/${slug}/latest/${requestId}/image`)
    expect(image.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await image.arrayBuffer()).equals(picture)).toBe(true)
    const gone = await test.fetch(`/v1/inferences/${slug}/latest/none/image`)
    expect((await problemOf(gone)).code).toBe('NOT_FOUND')
    expect((await test.client.call(routes.getInference, { params: { slug } })).figures).toMatchObject({
      requests: 1,
      failures: 0
    })
  })
})

describe('health', () => {
  it('is ready once all that should be up is healthy', async () => {
    expect((await fetch(`${test.host.url}/healthz`)).status).toBe(200)
    const { project, model } = await test.detector()
    const body = { project: project.id, model: model.id, type: 'api' as const, name: 'Soon ready' }
    const { slug } = await test.client.call(routes.createInference, { body })
    await test.client.call(routes.startInference, { params: { slug } })
    const waiting = await fetch(`${test.host.url}/readyz`)
    expect(waiting.status).toBe(503)
    expect(await waiting.json()).toEqual({ status: 'waiting', waitingFor: ['Soon ready'] })
    const early = await problemOf(await test.post(`/v1/inferences/${slug}/predict`, new Uint8Array([0xff, 0xd8, 0xff])))
    expect(early).toMatchObject({ code: 'INFERENCE_NOT_READY', inferenceStatus: 'preparing' })
    await test.untilStatus(slug, 'healthy')
    expect((await fetch(`${test.host.url}/readyz`)).status).toBe(200)
  })

  it('has figures for Prometheus', async () => {
    const response = await fetch(`${test.host.url}/metrics`)
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toMatch(/^lineside_requests_total\{inference="latest",outcome="answered"\} 1$/m)
  })
})
