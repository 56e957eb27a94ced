import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import type { NewProject, ServerEvent } from '../../../main/contract/index.ts'
import type { Database } from '../../../main/host/database/database.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { insertModel } from '../../../main/host/models/modelRows.ts'
import { Projects, type ProjectParts } from '../../../main/host/projects/projects.ts'
import { temporaryDatabase } from './helpers.ts'
import { recordingInto, recordingSetup } from './recordings.ts'

const boards: NewProject = { name: 'Boards', task: 'detection', classes: ['open', 'short'] }

async function setup(changes: Partial<ProjectParts> = {}) {
  const { folder, database } = await temporaryDatabase()
  const bus = new EventBus()
  const removed: string[] = []
  const parts: ProjectParts = {
    runningIn: () => 0,
    removeInference: async (slug) => void removed.push(slug),
    removeSamples: async () => void removed.push('samples'),
    removeModels: async () => void removed.push('models'),
    ...changes
  }
  return { folder, database, bus, removed, projects: new Projects(database, bus, parts) }
}

async function addModel(database: Database, project: string, classes: string[]): Promise<string> {
  const input = { width: 640, height: 640, resize: 'letterbox' }
  const spec = { name: 'defects', task: 'detection', family: 'yolo-detect', classes, input }
  const row = {
    id: ulid(),
    project_id: project,
    spec: JSON.stringify(spec),
    file_name: 'a.onnx',
    sha256: 'a'.repeat(64)
  }
  await database.write([
    insertModel(database, {
      ...{ ...row, bytes: 1, data_files: '[]', dynamic_batch: null, opset: 13 },
      ...{ instance_bytes: null, is_default: 1, created_at: 1 }
    })
  ])
  return row.id
}

test('a project is created, read, listed in order, and told of', async () => {
  const { projects, bus } = await setup()
  const events: ServerEvent[] = []
  bus.subscribe((event) => events.push(event))
  const created = await projects.create(boards)
  const second = await projects.create({ name: 'Castings', task: 'classification', classes: [] })
  expect(created).toMatchObject({ ...boards, models: 0, inferences: 0, running: 0, samples: 0, newestSample: null })
  expect(await projects.get(created.id)).toEqual(created)
  expect((await projects.list()).map((one) => one.id)).toEqual([created.id, second.id])
  expect(events).toContainEqual({ type: 'changed', what: 'projects', project: created.id })
})

test('a name is taken whatever its case, by another project only', async () => {
  const { projects } = await setup()
  const { id } = await projects.create(boards)
  const other = await projects.create({ ...boards, name: 'Other' })
  await expect(projects.create({ ...boards, name: 'BOARDS' })).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  await expect(projects.change(other.id, { name: 'boards' })).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  expect(await projects.change(id, { name: 'BOARDS' })).toMatchObject({ name: 'BOARDS', classes: ['open', 'short'] })
})

test('a project that was stored before classes had colours has those of the palette, and keeps them', async () => {
  const { projects, database } = await setup()
  const { id } = await projects.create(boards)
  const asBefore = { classes: JSON.stringify(boards.classes) }
  await database.write([database.read.updateTable('projects').set(asBefore).where('id', '=', id).compile()])
  expect(await projects.get(id)).toMatchObject({ ...boards, colours: ['#0072b2', '#d55e00'] })
  const { classes, colours } = await projects.change(id, { classes: ['spur', 'short', 'open'] })
  expect({ classes, colours }).toEqual({
    classes: ['spur', 'short', 'open'],
    colours: ['#009e73', '#d55e00', '#0072b2']
  })
})

test('classes are added; those of a model stay', async () => {
  const { projects, database } = await setup()
  const { id } = await projects.create(boards)
  await addModel(database, id, ['short'])
  expect((await projects.change(id, { classes: ['short', 'spur'] })).classes).toEqual(['short', 'spur'])
  const attempt = projects.change(id, { classes: ['spur'] })
  await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(attempt).rejects.toThrow('“short”')
})

test('a project counts its models and samples', async () => {
  const { projects, database, folder } = await setup({ runningIn: () => 2 })
  const { project, recorder, row } = await recordingSetup(database, folder)
  await addModel(database, project, ['scratch'])
  await recorder.record(recordingInto(row))
  const newest = await recorder.record(recordingInto(row))
  expect(await projects.get(project)).toMatchObject({ models: 1, running: 2, samples: 2, newestSample: newest })
})

test('a project goes with its parts, unless an inference of it runs', async () => {
  let running = 1
  const { projects, removed, database } = await setup({ runningIn: () => running })
  const { id } = await projects.create(boards)
  await expect(projects.remove(id)).rejects.toMatchObject({ code: 'CONFLICT' })
  running = 0
  await projects.remove(id)
  expect(removed).toEqual(['samples', 'models'])
  expect(await database.read.selectFrom('projects').selectAll().execute()).toEqual([])
  await expect(projects.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
