import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ulid } from 'ulid'
import type {
  IncomingModel,
  Inspection,
  Model,
  ModelChange,
  ModelReplacement,
  ModelSpec,
  Parameters,
  Trial,
  UploadTrial
} from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import { Limiter } from '../../base/limiter.ts'
import type { Database } from '../database/database.ts'
import { DatabaseError } from '../database/databaseError.ts'
import type { ModelRow } from '../database/tables.ts'
import type { EventBus } from '../eventBus.ts'
import { inferencesUsingModel } from '../inference/inferenceRows.ts'
import type { DiskRoom } from '../labels/diskRoom.ts'
import type { Projects } from '../projects/projects.ts'
import { Refusal } from '../refusal.ts'
import { ModelFiles } from './modelFiles.ts'
import { inspectModel, proveModel, tryModel, type Probed, type Proof } from './modelProbe.ts'
import * as rows from './modelRows.ts'
import { fileAt, type GivenFile, type Upload } from './receiveFiles.ts'
import { checkedSpec, completeSpec, freeName, mustBeFree, replacedSpec } from './specRules.ts'
import { Uploads } from './uploads.ts'

export interface ModelsServices {
  database: Database
  bus: EventBus
  projects: Projects
  room: DiskRoom
  dataFolder: string
  modelLimitBytes: number
  pixelLimit: number
  /** Does the work while no run uses the model, and none starts. @throws Refusal CONFLICT where one does */
  whileIdle: <T>(model: string, work: () => Promise<T>) => Promise<T>
}

/** F2, F3: model files by content (`models/<sha256>.onnx`) and their specs. */
export class Models {
  readonly #services: ModelsServices
  readonly #files: ModelFiles
  readonly #uploads: Uploads
  readonly #turns = new KeyedTurns()
  /** Each trial loads a whole model beside what runs. */
  readonly #trials = new Limiter(1)

  private constructor(services: ModelsServices) {
    this.#services = services
    this.#files = new ModelFiles(services.dataFolder)
    const { dataFolder, modelLimitBytes, room } = services
    this.#uploads = new Uploads(join(dataFolder, 'uploads'), modelLimitBytes, room)
  }

  /** Uploads that the host before was left with are gone. */
  static async open(services: ModelsServices): Promise<Models> {
    const models = new Models(services)
    await models.#uploads.clear()
    return models
  }

  /** As they were added. @throws Refusal NOT_FOUND (the project) */
  async list(project: string): Promise<Model[]> {
    await this.#services.projects.get(project)
    const found = await rows.modelsOfProject(this.#services.database, project)
    return Promise.all(found.map((row) => this.#describe(row)))
  }

  /** @throws Refusal NOT_FOUND */
  async get(id: string): Promise<Model> {
    return this.#describe(await this.#row(id))
  }

  /** Where the model's file lies. */
  path(model: Model): string {
    return this.#files.path(model)
  }

  /**
   * Streams an upload to disk, reads it in a process of its own, proposes a spec.
   * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED, IMAGE_TOO_LARGE, STORAGE_FULL
   */
  inspect(file: Readable, fileName: string): Promise<Inspection> {
    return this.inspectFiles([{ file, fileName, isData: false }])
  }

  /** The same of a model that may have external data, in any order. @throws as `inspect`, INVALID_REQUEST (names) */
  async inspectFiles(files: AsyncIterable<GivenFile> | Iterable<GivenFile>): Promise<Inspection> {
    const upload = await this.#uploads.receive(files)
    try {
      const { path, folder: _folder, ...file } = upload
      const { inputs, outputs, opset, proposal } = await inspectModel(path, file.fileName, file.dataFiles)
      const uploadId = await this.#uploads.add(upload)
      return { uploadId, ...file, opset, inputs, outputs, ...proposal }
    } catch (error) {
      await rm(upload.folder, { recursive: true, force: true })
      throw error
    }
  }

  /**
   * Takes an inspected upload into a project, once it has been loaded with the spec.
   * @throws Refusal NOT_FOUND, INVALID_REQUEST, CONFLICT, MODEL_UNREADABLE, MODEL_UNSUPPORTED; the upload is kept then
   */
  async create(project: string, uploadId: string, spec: ModelSpec): Promise<Model> {
    return this.#uploads.take(uploadId, (upload) => this.#install(project, upload, spec))
  }

  /** @throws Refusal NOT_FOUND, NAME_TAKEN */
  async change(id: string, change: ModelChange): Promise<Model> {
    const { project_id } = await this.#row(id)
    return this.#turns.run(project_id, async () => {
      const { database } = this.#services
      const row = await this.#row(id)
      if (change.name !== undefined) mustBeFree(change.name, await this.#names(project_id, id))
      const { isDefault, ...words } = change
      const changed = { ...row, spec: JSON.stringify({ ...rows.specOf(row), ...words }) }
      await database.write([
        rows.updateModel(database, changed),
        ...(isDefault ? [rows.makeDefault(database, row)] : [])
      ])
      this.#changed(project_id)
      return this.get(id)
    })
  }

  /**
   * Puts an inspected upload under a model, once it has been loaded.
   * @throws Refusal as `create`, and CONFLICT where a run uses the model; the upload is kept then
   */
  async replace(id: string, { uploadId, spec: given }: ModelReplacement): Promise<Model> {
    const before = await this.#row(id)
    await this.#services.whileIdle(id, async () => undefined)
    return this.#uploads.take(uploadId, async (upload) => {
      const { projects, pixelLimit } = this.#services
      const users = await inferencesUsingModel(this.#services.database, id)
      const wanted = replacedSpec(rows.specOf(before), given, users.length > 0)
      const spec = checkedSpec(wanted, await projects.get(before.project_id))
      const proof = await proveModel(probedOf(upload, spec, pixelLimit))
      return this.#turns.run(before.project_id, () => this.#putUnder(id, upload, spec, proof))
    })
  }

  /** Models that have this very content, of whatever project. */
  async withContent(sha256: string): Promise<IncomingModel['models']> {
    const { database, projects } = this.#services
    const found = await rows.modelsWithContent(database, sha256)
    return Promise.all(
      found.map(async (row) => {
        const { id, name } = await projects.get(row.project_id)
        return { id: row.id, name: rows.specOf(row).name, project: { id, name } }
      })
    )
  }

  /** What a model finds on a picture, in a process of its own. @throws Refusal NOT_FOUND, or as `tryModel` */
  async try(id: string, given: Parameters, image: Uint8Array, signal: AbortSignal): Promise<Trial> {
    const row = await this.#row(id)
    const { pixelLimit } = this.#services
    const files = { sha256: row.sha256, dataFiles: rows.dataFilesOf(row) }
    const probed = {
      modelPath: this.#files.path(files),
      externalData: files.dataFiles,
      spec: rows.specOf(row),
      pixelLimit
    }
    return this.#trials.run(() => tryModel(probed, given, image, signal))
  }

  /** The same of an inspected upload, until `signal` ends it. @throws as `try`, and INVALID_REQUEST (spec, parameters) */
  async tryUpload(given: UploadTrial, image: Uint8Array, signal: AbortSignal): Promise<Trial> {
    const upload = this.#uploads.get(given.uploadId)
    const probed = probedOf(upload, completeSpec(given.spec), this.#services.pixelLimit)
    return this.#trials.run(() => tryModel(probed, given.parameters, image, signal))
  }

  /** The same with a file of this workstation, which stays where it is. @throws as `inspect` and `create` */
  async importFile(project: string, path: string, fileName: string, spec: ModelSpec): Promise<Model> {
    const upload = await this.#uploads.receive(fileAt(path, fileName))
    try {
      return await this.#install(project, upload, spec)
    } finally {
      await rm(upload.folder, { recursive: true, force: true })
    }
  }

  /** With its file where no other model needs it. @throws Refusal NOT_FOUND, CONFLICT (an inference uses it) */
  async remove(id: string): Promise<void> {
    const { database } = this.#services
    const row = await this.#row(id)
    const users = await inferencesUsingModel(database, id)
    if (users.length > 0) throw inUse(row, users)
    await this.#write(rows.deleteModel(database, row), row)
    await this.#dropFile(row.sha256)
    this.#changed(row.project_id)
  }

  /** For the deletion of a project, whose inferences are gone already. */
  async removeOfProject(project: string): Promise<void> {
    const { database } = this.#services
    const found = await rows.modelsOfProject(database, project)
    await database.write([rows.deleteModelsOfProject(database, project)])
    for (const { sha256 } of found) await this.#dropFile(sha256)
  }

  /** Names of a project's models, but for that one. */
  async #names(project: string, but?: string): Promise<string[]> {
    const found = await rows.modelsOfProject(this.#services.database, project)
    return found.filter(({ id }) => id !== but).map((row) => rows.specOf(row).name)
  }

  async #putUnder(id: string, upload: Upload, spec: ModelSpec, proof: Proof): Promise<Model> {
    const { database, whileIdle } = this.#services
    const row = await this.#row(id)
    const named = { ...spec, name: rows.specOf(row).name }
    const changed = { ...row, spec: JSON.stringify(named), ...fileColumns(upload, proof) }
    await whileIdle(id, () => this.#files.keep(upload, () => database.write([rows.updateModel(database, changed)])))
    await this.#dropFile(row.sha256)
    this.#changed(row.project_id)
    return this.get(id)
  }

  async #install(project: string, upload: Upload, given: ModelSpec): Promise<Model> {
    const { database, projects, pixelLimit } = this.#services
    const spec = checkedSpec(given, await projects.get(project))
    const proof = await proveModel(probedOf(upload, spec, pixelLimit))
    // In turn for each project, so that two of the same name or two first ones cannot come at once.
    return this.#turns.run(project, async () => {
      const row = await this.#newRow(project, upload, spec, proof)
      await this.#files.keep(upload, () => database.write([rows.insertModel(database, row)]))
      this.#changed(project)
      return this.#describe(row)
    })
  }

  async #newRow(project: string, upload: Upload, spec: ModelSpec, proof: Proof): Promise<ModelRow> {
    const others = await this.#names(project)
    return {
      id: ulid(),
      project_id: project,
      spec: JSON.stringify({ ...spec, name: freeName(spec.name, others) }),
      ...fileColumns(upload, proof),
      is_default: others.length === 0 ? 1 : 0,
      created_at: Date.now()
    }
  }

  async #row(id: string): Promise<ModelRow> {
    const row = await rows.modelRow(this.#services.database, id)
    if (!row) throw new Refusal('NOT_FOUND', `There is no model ${id}; it may have been deleted.`)
    return row
  }

  async #describe(row: ModelRow): Promise<Model> {
    return rows.toModel(row, await inferencesUsingModel(this.#services.database, row.id))
  }

  /** An inference may have come to use it since that was asked. */
  async #write(statements: ReturnType<typeof rows.deleteModel>, row: ModelRow): Promise<void> {
    try {
      await this.#services.database.write(statements)
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error
      throw inUse(row, await inferencesUsingModel(this.#services.database, row.id))
    }
  }

  #dropFile(sha256: string): Promise<void> {
    return this.#files.drop(sha256, () => rows.isFileUsed(this.#services.database, sha256))
  }

  #changed(project: string): void {
    this.#services.bus.publish({ type: 'changed', what: 'models', project })
  }
}

function probedOf({ path, dataFiles }: Upload, spec: ModelSpec, pixelLimit: number): Probed {
  return { modelPath: path, externalData: dataFiles, spec, pixelLimit }
}

function fileColumns({ fileName, sha256, bytes, dataFiles }: Upload, { opset, dynamicBatch }: Proof) {
  const data_files = JSON.stringify(dataFiles)
  // What instances of another file needed says nothing of this one.
  const measured = { instance_bytes: null }
  return { file_name: fileName, sha256, bytes, data_files, dynamic_batch: Number(dynamicBatch), opset, ...measured }
}

function inUse(row: ModelRow, users: { name: string }[]): Refusal {
  const list = users.map(({ name }) => `“${name}”`).join(', ')
  const { name } = rows.specOf(row)
  return new Refusal('CONFLICT', `The model “${name}” is used by ${list}; change or delete that first.`)
}
