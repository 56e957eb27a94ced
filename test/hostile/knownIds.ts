import { z } from 'zod'
import type { Random } from '../fuzz/random.ts'
import type { Operation } from './operations.ts'

type Kind = 'project' | 'model' | 'slug' | 'run' | 'sample' | 'import' | 'upload'

const most = 40
const answer = z.object({ id: z.string().optional(), slug: z.string().optional(), uploadId: z.string().optional() })

/** Ids that are there: those that must stay, and those that the suite made, which it may also delete. */
export class KnownIds {
  readonly #kept: Partial<Record<Kind, string[]>>
  readonly #made: Partial<Record<Kind, string[]>> = {}

  constructor(kept: Partial<Record<Kind, string[]>>) {
    this.#kept = kept
  }

  /** Remembers what an operation made. */
  learn({ name }: Operation, body: unknown): void {
    const made = answer.safeParse(body).data
    if (made === undefined) return
    if (name === 'createProject') this.#add('project', made.id)
    if (name === 'createModel') this.#add('model', made.id)
    if (name === 'createInference') this.#add('slug', made.slug)
    if (name === 'inspectModel') this.#add('upload', made.uploadId)
  }

  /** One for a path's parameter or a property. @param mayEnd Whether the operation ends or changes what it names. */
  find(name: string, path: string, mayEnd: boolean, random: Random): string | undefined {
    const kind = kindOf(name, path)
    if (kind === undefined) return undefined
    const ids = [...(mayEnd ? [] : (this.#kept[kind] ?? [])), ...(this.#made[kind] ?? [])]
    return ids.length > 0 ? random.pick(ids) : undefined
  }

  #add(kind: Kind, id: string | undefined): void {
    if (id !== undefined) this.#made[kind] = [...(this.#made[kind] ?? []), id].slice(-most)
  }
}

function kindOf(name: string, path: string): Kind | undefined {
  if (name === 'slug' || name === 'inference') return 'slug'
  if (name === 'uploadId') return 'upload'
  if (name === 'project' || name === 'model' || name === 'import') return name
  if (name !== 'id') return undefined
  const kinds = { projects: 'project', models: 'model', runs: 'run', samples: 'sample' } as const
  const [, , collection = ''] = path.split('/')
  return Object.entries(kinds).find(([folder]) => folder === collection)?.[1]
}
