import type { CompiledQuery } from 'kysely'
import { ulid } from 'ulid'
import type { NewProject, Project, ProjectChange as Change } from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import { isUniqueViolation } from '../database/databaseError.ts'
import type { ProjectRow } from '../database/tables.ts'
import type { EventBus } from '../eventBus.ts'
import { inferencesOfProject } from '../inference/inferenceRows.ts'
import { deleteInferencesOfProject } from '../inference/runRows.ts'
import { sampleTotals } from '../labels/sampleRows.ts'
import { countModels, modelsOfProject, specOf } from '../models/modelRows.ts'
import { deleteOptimizationsOfProject } from '../optimization/optimizationRows.ts'
import { Refusal } from '../refusal.ts'
import { changedClasses, withColours } from './projectClasses.ts'
import * as rows from './projectRows.ts'

/** What the other services know of a project's parts, and how they take them away. */
export interface ProjectParts {
  /** How many of its inferences are not stopped. */
  runningIn(project: string): number
  removeInference(slug: string): Promise<void>
  /** With imports, pictures and thumbnails. */
  removeSamples(project: string): Promise<void>
  /** With the files that no other model needs. */
  removeModels(project: string): Promise<void>
}

export type ProjectChange = { [K in keyof Change]?: Change[K] | undefined }

/** F1. */
export class Projects {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #parts: ProjectParts
  readonly #turns = new KeyedTurns()

  constructor(database: Database, bus: EventBus, parts: ProjectParts) {
    this.#database = database
    this.#bus = bus
    this.#parts = parts
  }

  /** As they were created. */
  async list(): Promise<Project[]> {
    const found = await rows.projectRows(this.#database)
    return Promise.all(found.map((row) => this.#describe(row)))
  }

  /** @throws Refusal NOT_FOUND */
  async get(id: string): Promise<Project> {
    return this.#describe(await this.#row(id))
  }

  /** @throws Refusal NAME_TAKEN */
  async create(given: NewProject): Promise<Project> {
    const id = ulid()
    const classes = withColours(given.classes.map((name) => ({ name, colour: null })))
    await this.#write(rows.insertProject(this.#database, id, { ...given, classes }, new Date()), given.name)
    this.#changed(id)
    return this.get(id)
  }

  /**
   * Renames, adds classes, gives them colours.
   * @throws Refusal NOT_FOUND, NAME_TAKEN, INVALID_REQUEST (a colour for a class that is not there), CONFLICT (a class
   * that a model has is taken away)
   */
  change(id: string, given: ProjectChange): Promise<Project> {
    return this.#turns.run(id, async () => {
      const row = await this.#row(id)
      const name = given.name ?? row.name
      const classes = changedClasses(rows.classesOf(row), given)
      await this.#checkClasses(id, new Set(classes.map((one) => one.name)))
      await this.#write(rows.updateProject(this.#database, id, { name, classes }), name)
      this.#changed(id)
      return this.get(id)
    })
  }

  /**
   * With all that belongs to it, part by part; one that is interrupted can be done again.
   * @throws Refusal NOT_FOUND, CONFLICT (an inference of it runs)
   */
  remove(id: string): Promise<void> {
    return this.#turns.run(id, async () => {
      const { name } = await this.#row(id)
      const running = this.#parts.runningIn(id)
      if (running > 0) throw stillRunning(name, running)
      for (const { slug } of await inferencesOfProject(this.#database, id)) await this.#parts.removeInference(slug)
      await this.#parts.removeSamples(id)
      await this.#parts.removeModels(id)
      const runs = deleteInferencesOfProject(this.#database, id)
      const optimizations = deleteOptimizationsOfProject(this.#database, id)
      await this.#database.write([...runs, optimizations, rows.deleteProject(this.#database, id)])
      this.#changed(id)
    })
  }

  async #row(id: string): Promise<ProjectRow> {
    const row = await rows.projectRow(this.#database, id)
    if (!row) throw new Refusal('NOT_FOUND', `There is no project ${id}; it may have been deleted.`)
    return row
  }

  async #write(statement: CompiledQuery, name: string): Promise<void> {
    try {
      await this.#database.write([statement])
    } catch (error) {
      if (isUniqueViolation(error, 'projects.name')) throw nameTaken(name)
      throw error
    }
  }

  /** @throws Refusal CONFLICT where a model has a class that is not among these */
  async #checkClasses(project: string, classes: Set<string>): Promise<void> {
    for (const row of await modelsOfProject(this.#database, project)) {
      const spec = specOf(row)
      const lost = spec.classes.filter((name) => !classes.has(name))
      if (lost.length > 0) throw classesNeeded(spec.name, lost)
    }
  }

  async #describe(row: ProjectRow): Promise<Project> {
    const [models, inferences, { samples, newest }] = await Promise.all([
      countModels(this.#database, row.id),
      inferencesOfProject(this.#database, row.id),
      sampleTotals(this.#database, row.id)
    ])
    const classes = rows.classesOf(row)
    return {
      id: row.id,
      name: row.name,
      task: rows.taskOf(row),
      classes: classes.map((one) => one.name),
      colours: classes.map((one) => one.colour),
      createdAt: isoTimestamp(new Date(row.created_at)),
      models,
      inferences: inferences.length,
      running: this.#parts.runningIn(row.id),
      samples,
      newestSample: newest
    }
  }

  #changed(project: string): void {
    this.#bus.publish({ type: 'changed', what: 'projects', project })
  }
}

function nameTaken(name: string): Refusal {
  return new Refusal('NAME_TAKEN', `A project is named “${name}” already; choose another name.`)
}

function stillRunning(name: string, running: number): Refusal {
  const which = running === 1 ? 'one inference runs' : `${running} inferences run`
  return new Refusal('CONFLICT', `“${name}” cannot be deleted while ${which}; stop them first.`)
}

function classesNeeded(model: string, classes: string[]): Refusal {
  const list = classes.map((name) => `“${name}”`).join(', ')
  return new Refusal('CONFLICT', `The model “${model}” has the classes ${list}; they cannot be taken from the project.`)
}
