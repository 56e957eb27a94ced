import { readdir, readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  inspection,
  tasksOfFamily,
  family as familySchema,
  task as taskSchema,
  type Family,
  type Task
} from '../../main/contract/index.ts'
import { until } from '../helpers/until.ts'
import type { FuzzClient, Judged } from './fuzzClient.ts'
import { classNames } from './fuzzStand.ts'
import { inTurns } from './inTurns.ts'
import { mutateModel } from './mutateModel.ts'
import { Random } from './random.ts'
import type { Case, Tally } from './tally.ts'

const created = z.object({ id: z.string() })
const inference = z.object({ status: z.string(), reason: z.string().nullable() })

export interface ModelFuzz {
  client: FuzzClient
  seed: string
  tally: Tally
  /** A picture that is well. */
  picture: Uint8Array
  /** A project of each task; its classes take the place of a mutated file's own names. */
  projects: ReadonlyMap<Task, string>
}

/** Mutated models through inspection, creation and a run. @param numbers Of the cases. */
export async function fuzzModels(fuzz: ModelFuzz, numbers: Iterable<number>): Promise<void> {
  const seeds = await seedModels()
  await inTurns(numbers, 4, async (number) => {
    const name = `model:${number}`
    const random = new Random(`${fuzz.seed}:${name}`)
    const { file, how } = mutateModel(random.pick(seeds), random.pick(seeds), random)
    await new ModelCase(fuzz, { name, how }, random).run(file)
  })
}

async function seedModels(): Promise<Buffer[]> {
  const folder = new URL('../fixtures/models/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.onnx')).sort()
  return Promise.all(names.map((name) => readFile(new URL(name, folder))))
}

class ModelCase {
  readonly #fuzz: ModelFuzz
  readonly #about: Case
  readonly #random: Random

  constructor(fuzz: ModelFuzz, about: Case, random: Random) {
    this.#fuzz = fuzz
    this.#about = about
    this.#random = random
  }

  async run(file: Buffer): Promise<void> {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(file)]), 'mutated.onnx')
    const inspected = inspection.safeParse(
      this.#judged('inspect', await this.#send('POST', '/v1/models/inspect', form))
    )
    if (!inspected.success) return
    const { task, spec } = this.#specOf(inspected.data.spec)
    const { uploadId } = inspected.data
    const path = `/v1/projects/${this.#fuzz.projects.get(task)}/models`
    const model = created.safeParse(this.#judged('create', await this.#send('POST', path, { uploadId, spec })))
    if (!model.success) return
    await this.#runs(task, model.data.id)
    this.#judged('delete the model', await this.#send('DELETE', `/v1/models/${model.data.id}`))
  }

  async #runs(task: Task, model: string): Promise<void> {
    const setup = { project: this.#fuzz.projects.get(task), type: 'api', name: this.#about.name, model }
    const slug = `m-${this.#about.name.replace(':', '-')}`
    const path = `/v1/inferences/${slug}`
    this.#judged('save', await this.#send('POST', '/v1/inferences', { ...setup, slug }))
    this.#judged('start', await this.#send('POST', `${path}/start`))
    const up = await this.#until(path, ['healthy', 'failed'])
    this.#fuzz.tally.count(this.#about, `run ${up}`, 0)
    if (up === 'healthy') this.#judged('predict', await this.#send('POST', `${path}/predict`, this.#fuzz.picture))
    await this.#send('POST', `${path}/stop`)
    await this.#until(path, ['stopped'])
    this.#judged('delete', await this.#send('DELETE', path))
  }

  async #until(path: string, wanted: string[]): Promise<string> {
    const find = async () => {
      const { status } = inference.parse((await this.#send('GET', path)).body)
      return wanted.includes(status) ? status : undefined
    }
    try {
      return await until(`${path} is ${wanted.join(' or ')}`, find, 100_000)
    } catch (error) {
      this.#fuzz.tally.fail(this.#about, String(error))
      return 'unknown'
    }
  }

  /** What the file tells, and a guess that would do for the rest, as a person makes it. */
  #specOf(proposed: z.infer<typeof inspection>['spec']) {
    const family: Family = proposed.family ?? this.#random.pick(familySchema.options)
    const task = taskSchema.parse(proposed.task ?? tasksOfFamily(family)[0])
    const count = Math.min(classNames.length, proposed.classes?.length ?? 3)
    const input = { width: 8, height: 8, resize: 'stretch', ...proposed.input }
    const given = { name: this.#about.name, task, family, classes: classNames.slice(0, Math.max(1, count)), input }
    return { task, spec: { ...given, options: proposed.options } }
  }

  #send(method: string, path: string, body?: unknown): Promise<Judged> {
    return this.#fuzz.client.send(method, path, body)
  }

  #judged(step: string, { outcome, ms, defect, body }: Judged): unknown {
    this.#fuzz.tally.count(this.#about, `${step} ${outcome}`, ms)
    if (defect !== null) this.#fuzz.tally.fail(this.#about, `${step}: ${defect}`)
    return body
  }
}
