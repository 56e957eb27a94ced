import { z } from 'zod'
import type { FuzzClient, Judged } from './fuzzClient.ts'
import { inTurns } from './inTurns.ts'
import { mutatePicture } from './mutatePicture.ts'
import { Random } from './random.ts'
import { seedPictures } from './seedPictures.ts'
import type { Case, Tally } from './tally.ts'

const answered = z.object({ sample: z.object({ id: z.string() }) })
const problem = z.object({ detail: z.string() })

export interface PictureFuzz {
  client: FuzzClient
  /** A running inference that records every request. */
  slug: string
  seed: string
  tally: Tally
}

/** Mutated pictures through predict; what is recorded is also shown, as the window does. @param numbers Of the cases. */
export async function fuzzPictures(fuzz: PictureFuzz, numbers: Iterable<number>): Promise<void> {
  const seeds = await seedPictures()
  await inTurns(numbers, 3, async (number) => {
    const name = `image:${number}`
    const random = new Random(`${fuzz.seed}:${name}`)
    const { file, how } = mutatePicture(random.pick(seeds), random.pick(seeds), random)
    await oneCase(fuzz, { name, how }, file)
  })
}

async function oneCase({ client, slug, tally }: PictureFuzz, about: Case, file: Buffer): Promise<void> {
  const judged = await client.send('POST', `/v1/inferences/${slug}/predict`, file)
  judge(tally, about, 'predict', judged)
  const sample = answered.safeParse(judged.body).data?.sample.id
  if (sample === undefined) return
  for (const part of ['thumbnail', 'image?display=true']) {
    judge(tally, about, part, await client.send('GET', `/v1/samples/${sample}/${part}`))
  }
}

/** A picture may be refused, but never be the reason why an engine or a page fails. */
function judge(tally: Tally, about: Case, step: string, { outcome, ms, defect, body }: Judged): void {
  tally.count(about, `${step} ${outcome}`, ms)
  if (defect !== null) tally.fail(about, `${step}: ${defect}`)
  else if (outcome === 'INFERENCE_NOT_READY')
    tally.fail(about, `${step}: ${problem.safeParse(body).data?.detail ?? outcome}`)
}
