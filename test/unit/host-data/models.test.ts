import { cpSync, createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { modelSpec, newSetup, storedSetup, type NewSetup } from '../../../main/contract/index.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { insertInference } from '../../../main/host/inference/inferenceRows.ts'
import { DiskRoom } from '../../../main/host/labels/diskRoom.ts'
import { Models } from '../../../main/host/models/models.ts'
import { Optimizations } from '../../../main/host/optimization/optimizations.ts'
import { Projects } from '../../../main/host/projects/projects.ts'
import { installSampleProjects } from '../../../main/host/projects/sampleProjects.ts'
import { temporaryDatabase, temporaryFolder } from './helpers.ts'
import { keepingLogger } from './keepingLogger.ts'

const sampleFolder = fileURLToPath(new URL('../../../resources/sample', import.meta.url))
const file = join(sampleFolder, 'bare-boards', 'bare-boards.onnx')
const shipped = z
  .object({ models: z.tuple([z.object({ spec: modelSpec })]) })
  .parse(JSON.parse(readFileSync(join(sampleFolder, 'bare-boards', 'project.json'), 'utf8')))
const { spec } = shipped.models[0]

async function setup() {
  const { folder, database } = await temporaryDatabase()
  const bus = new EventBus()
  const projects: Projects = new Projects(database, bus, {
    runningIn: () => 0,
    removeInference: async () => undefined,
    removeSamples: async () => undefined,
    removeModels: (project) => models.removeOfProject(project)
  })
  const models: Models = await Models.open({
    ...{ database, bus, projects, room: new DiskRoom(folder, 0), dataFolder: folder },
    ...{ modelLimitBytes: 10_000_000, pixelLimit: 1_000_000, whileIdle: (_, work) => work() }
  })
  const optimizations = new Optimizations(database, bus, projects)
  return { folder, database, projects, models, optimizations }
}

async function withBoards() {
  const made = await setup()
  const project = await made.projects.create({ name: 'Boards', task: 'detection', classes: spec.classes })
  return { ...made, project: project.id }
}

function modelFiles(folder: string): string[] {
  return existsSync(join(folder, 'models')) ? readdirSync(join(folder, 'models')) : []
}

test('from an upload to a model: what the file says is proposed, and the proposal is enough', async () => {
  const { models, project, folder } = await withBoards()
  const inspection = await models.inspect(createReadStream(file), 'bare-boards.onnx')
  expect(inspection.spec).toMatchObject({ task: 'detection', family: 'yolo-detect', classes: spec.classes })
  expect(inspection.inputs[0]?.shape.slice(-2)).toEqual([640, 640])
  const model = await models.create(project, inspection.uploadId, modelSpec.parse(inspection.spec))
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
  expect(model).toMatchObject({ project, sha256, fileName: 'bare-boards.onnx', isDefault: true, usedBy: [] })
  expect(models.path(model)).toBe(join(folder, 'models', `${sha256}.onnx`))
  expect(readFileSync(models.path(model))).toEqual(readFileSync(file))
  expect(await models.get(model.id)).toEqual(model)
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
  const again = models.create(project, inspection.uploadId, spec)
  await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a file that is no model is refused, and nothing of it stays', async () => {
  const { models, folder } = await withBoards()
  const attempt = models.inspect(Readable.from([Buffer.from('not a model')]), 'notes.onnx')
  await expect(attempt).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
  expect(readdirSync(join(folder, 'uploads'))).toEqual([])
})

test('a spec that is wrong for the project or for the file is refused; corrected, the same upload is taken', async () => {
  const { models, project, projects } = await withBoards()
  const { uploadId } = await models.inspect(createReadStream(file), 'bare-boards.onnx')
  const strange = models.create(project, uploadId, { ...spec, classes: [...spec.classes.slice(1), 'dent'] })
  await expect(strange).rejects.toThrow('“dent”')
  const other = await projects.create({ name: 'Other', task: 'detection', classes: ['one'] })
  const tooFew = models.create(other.id, uploadId, { ...spec, classes: ['one'] })
  await expect(tooFew).rejects.toMatchObject({ code: 'MODEL_UNSUPPORTED' })
  expect(await models.create(project, uploadId, spec)).toMatchObject({ project })
})

test('models of one file share it; the file goes with the last of them, the default passes on', async () => {
  const { models, project, folder } = await withBoards()
  const one = await models.importFile(project, file, 'bare-boards.onnx', spec)
  const two = await models.importFile(project, file, 'bare-boards.onnx', spec)
  expect([one.spec.name, two.spec.name]).toEqual([spec.name, `${spec.name} (2)`])
  expect([one.isDefault, two.isDefault]).toEqual([true, false])
  expect(modelFiles(folder)).toEqual([`${one.sha256}.onnx`])
  await models.remove(one.id)
  expect(modelFiles(folder)).toHaveLength(1)
  expect(await models.list(project)).toEqual([{ ...two, isDefault: true }])
  await models.remove(two.id)
  expect(modelFiles(folder)).toEqual([])
  expect(existsSync(file)).toBe(true)
})

test('a model that an inference uses cannot be deleted, and says by which', async () => {
  const { models, project, projects, database, folder } = await withBoards()
  const model = await models.importFile(project, file, 'bare-boards.onnx', spec)
  const given = { project, model: model.id, type: 'api', name: 'Line 1', slug: 'line-1', general: { threads: 1 } }
  await database.write([insertInference(database, storedSetup.parse(newSetup.parse(given)), new Date())])
  expect((await models.get(model.id)).usedBy).toEqual([{ slug: 'line-1', name: 'Line 1' }])
  const attempt = models.remove(model.id)
  await expect(attempt).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(attempt).rejects.toThrow('“Line 1”')
  expect(modelFiles(folder)).toHaveLength(1)
  await expect(projects.change(project, { classes: [] })).rejects.toMatchObject({ code: 'CONFLICT' })
})

test('a project goes with its models’ files', async () => {
  const { models, project, projects, folder } = await withBoards()
  await models.importFile(project, file, 'bare-boards.onnx', spec)
  await projects.remove(project)
  expect(modelFiles(folder)).toEqual([])
})

test('the sample projects fill an empty store once; a broken one is left out', async () => {
  const { projects, models, optimizations, folder } = await setup()
  const samples = await temporaryFolder()
  cpSync(join(sampleFolder, 'bare-boards'), join(samples, 'z-boards'), { recursive: true })
  const broken = {
    project: { name: 'Broken', task: 'classification', classes: [] },
    models: [{ file: 'none.onnx', spec }]
  }
  mkdirSync(join(samples, 'a-broken'))
  const text = JSON.stringify({ ...broken, setup: { type: 'api', name: 'Broken' } })
  writeFileSync(join(samples, 'a-broken', 'project.json'), text)
  const setups: NewSetup[] = []
  const logger = keepingLogger()
  const createInference = async (given: NewSetup) => setups.push(given)
  const services = { dataFolder: folder, projects, models, optimizations, logger, createInference }
  const id = await installSampleProjects(samples, services)
  expect(await projects.list()).toMatchObject([{ id, name: 'Bare boards', models: 1 }])
  const [model] = await models.list(id ?? '')
  expect(setups).toMatchObject([{ project: id, model: model?.id, sampling: { random: { probability: 1 } } }])
  expect(logger.lines).toEqual([expect.stringContaining('a-broken')])
  expect(await installSampleProjects(samples, services)).toBe(id)
  expect(setups).toHaveLength(1)
  expect(modelFiles(folder)).toHaveLength(1)
})
