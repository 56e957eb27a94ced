import type { NewSetup, StoredSetup } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { Models } from '../models/models.ts'
import type { Projects } from '../projects/projects.ts'
import { invalidFields, Refusal } from '../refusal.ts'
import { optimizationWithId } from '../optimization/optimizationRows.ts'
import * as rows from './inferenceRows.ts'
import { resolveSetup } from './setupRules.ts'
import { freeSlug, makeSlug } from './slugs.ts'

/** Setups as they are stored, checked; of runs it knows nothing. What writes must be called one after the other. */
export class Setups {
  readonly #database: Database
  readonly #projects: Projects
  readonly #models: Models

  constructor(database: Database, projects: Projects, models: Models) {
    this.#database = database
    this.#projects = projects
    this.#models = models
  }

  /** @throws Refusal NOT_FOUND */
  async row(slug: string): Promise<rows.NamedRow> {
    const row = await rows.inferenceRow(this.#database, slug)
    if (!row) throw new Refusal('NOT_FOUND', `there is no inference “${slug}”`)
    return row
  }

  /** @throws Refusal NOT_FOUND (project, model), NAME_TAKEN, INVALID_REQUEST */
  async create(given: NewSetup): Promise<StoredSetup> {
    const setup = await this.#checked(given, null)
    await this.#database.write([rows.insertInference(this.#database, setup, new Date())])
    return setup
  }

  /** A name may change, the slug stays unless another is given. @throws as `create` */
  async change(slug: string, given: NewSetup): Promise<StoredSetup> {
    const setup = await this.#checked(given, slug)
    await this.#database.write([rows.updateInference(this.#database, slug, setup)])
    return setup
  }

  async remove(slug: string): Promise<void> {
    await this.#database.write([rows.deleteInference(this.#database, slug)])
  }

  /** @param present The slug of the inference that is changed; null for a new one. */
  async #checked(given: NewSetup, present: string | null): Promise<StoredSetup> {
    await this.#projects.get(given.project)
    const model = await this.#models.get(given.model)
    await this.#mustHaveOptimization(given)
    const outputs = present === null ? [] : rows.setupOf(await this.row(present)).outputs
    const setup = resolveSetup(given, await this.#chooseSlug(given, present), model, outputs)
    const named = await rows.inferenceNamed(this.#database, given.project, given.name)
    if (named && named.slug !== present) throw nameTaken(given.name)
    return setup
  }

  async #mustHaveOptimization({ project, classThresholds }: NewSetup): Promise<void> {
    if (classThresholds.source !== 'optimization') return
    const chosen = await optimizationWithId(this.#database, classThresholds.optimization)
    const message = 'is not an optimization of this project'
    if (chosen?.project !== project) throw invalidFields([{ path: 'classThresholds.optimization', message }])
  }

  async #chooseSlug(given: NewSetup, present: string | null): Promise<string> {
    const taken = await rows.takenSlugs(this.#database)
    if (given.slug === undefined) return present ?? freeSlug(makeSlug(given.name), taken)
    if (given.slug !== present && taken.has(given.slug)) throw slugTaken(given.slug)
    return given.slug
  }
}

function slugTaken(slug: string): Refusal {
  return new Refusal('NAME_TAKEN', `the slug “${slug}” is taken by another inference; choose another`)
}

function nameTaken(name: string): Refusal {
  return new Refusal('NAME_TAKEN', `an inference of this project is named “${name}” already; choose another name`)
}
