import type { CompiledQuery } from 'kysely'
import { z } from 'zod'
import { className, id, unit } from '../../contract/index.ts'
import type { Database } from '../database/database.ts'
import type { RecentPrediction, RecentRequest } from './recentRequests.ts'

/** SQL of the table `recent_requests`: one row for each inference, overwritten as a whole. */

const whole = z.number().int().min(0)
/** Index of the class, confidence, area in px or -1, 1 where it was unknown, 1 where it was a candidate. */
const storedPrediction = z.tuple([whole, unit, z.number().int().min(-1), whole.max(1), whole.max(1)])
/** When (epoch ms), index of the model, bytes, from which confidence on was seen, predictions. */
const storedRequest = z.tuple([z.number().int(), whole, whole, unit, z.array(storedPrediction)])
/** Of a stored confidence: as many as tell a model's 32-bit numbers apart, and not the twenty that JSON would write. */
const digits = 8
/** Names stand once and are told by their index. */
const storedRequests = z.object({
  models: z.array(id),
  classes: z.array(className),
  requests: z.array(storedRequest)
})

/** The oldest first. @throws where the row is not what this writes */
export async function storedRecent({ read }: Database, slug: string): Promise<RecentRequest[]> {
  const rows = read.selectFrom('recent_requests').select('requests').where('inference_slug', '=', slug)
  const row = await rows.executeTakeFirst()
  return row ? unpacked(row.requests) : []
}

/** Nothing is written where the inference is not there any more. */
export function putRecent({ read }: Database, slug: string, requests: readonly RecentRequest[]): CompiledQuery {
  const packedRequests = packed(requests)
  const inference = read
    .selectFrom('inferences')
    .where('slug', '=', slug)
    .select((build) => ['slug', build.val(packedRequests).as('requests')])
  return read
    .insertInto('recent_requests')
    .columns(['inference_slug', 'requests'])
    .expression(inference)
    .onConflict((conflict) => conflict.column('inference_slug').doUpdateSet({ requests: packedRequests }))
    .compile()
}

function packed(requests: readonly RecentRequest[]): string {
  const [models, classes] = [new Names(), new Names()]
  const rows = requests.map(({ at, model, bytes, seenFrom, predictions }): z.infer<typeof storedRequest> => {
    return [at, models.indexOf(model), bytes, seenFrom, predictions.map((one) => packedPrediction(one, classes))]
  })
  const stored: z.infer<typeof storedRequests> = { models: models.list, classes: classes.list, requests: rows }
  return JSON.stringify(stored)
}

function packedPrediction(
  { class: name, confidence, unknown, candidate, areaPx }: RecentPrediction,
  classes: Names
): z.infer<typeof storedPrediction> {
  return [
    classes.indexOf(name),
    Number(confidence.toPrecision(digits)),
    areaPx ?? -1,
    Number(unknown),
    Number(candidate)
  ]
}

function unpacked(text: string): RecentRequest[] {
  const { models, classes, requests } = storedRequests.parse(JSON.parse(text))
  return requests.map(([at, model, bytes, seenFrom, predictions]) => ({
    at,
    model: named(models, model),
    bytes,
    seenFrom,
    predictions: predictions.map(([name, confidence, areaPx, unknown, candidate]) => ({
      class: named(classes, name),
      confidence,
      unknown: unknown === 1,
      candidate: candidate === 1,
      areaPx: areaPx < 0 ? null : areaPx
    }))
  }))
}

function named(names: readonly string[], index: number): string {
  const name = names[index]
  if (name === undefined) throw new Error(`the stored recent requests name no ${index}`)
  return name
}

/** Names, each once. */
class Names {
  readonly #indexes = new Map<string, number>()

  get list(): string[] {
    return [...this.#indexes.keys()]
  }

  indexOf(name: string): number {
    const index = this.#indexes.get(name) ?? this.#indexes.size
    this.#indexes.set(name, index)
    return index
  }
}
