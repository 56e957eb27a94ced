import { ulid } from 'ulid'
import type { Model, Optimization, ThresholdSet } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { EventBus } from '../eventBus.ts'
import type { Projects } from '../projects/projects.ts'
import { Refusal } from '../refusal.ts'
import * as rows from './optimizationRows.ts'

/** Computed sets of class thresholds (F12, F29). */
export class Optimizations {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #projects: Projects

  constructor(database: Database, bus: EventBus, projects: Projects) {
    this.#database = database
    this.#bus = bus
    this.#projects = projects
  }

  /** The newest first. @throws Refusal NOT_FOUND (the project) */
  async list(project: string): Promise<Optimization[]> {
    await this.#projects.get(project)
    return rows.optimizationsOfProject(this.#database, project)
  }

  /** @throws Refusal NOT_FOUND */
  async get(id: string): Promise<Optimization> {
    const found = await rows.optimizationWithId(this.#database, id)
    if (!found) throw new Refusal('NOT_FOUND', `There is no optimization ${id}.`)
    return found
  }

  /** Keeps what was computed with a model. */
  async add({ id, project, spec }: Model, given: ThresholdSet): Promise<void> {
    const model = { id, name: spec.name, version: spec.version }
    await this.#database.write([rows.insertOptimization(this.#database, { ...given, id: ulid(), project, model })])
    this.#bus.publish({ type: 'changed', what: 'optimizations', project })
  }
}
