import { afterAll, beforeAll, expect, it } from 'vitest'
import { FuzzClient } from '../fuzz/fuzzClient.ts'
import { fuzzModels } from '../fuzz/fuzzModels.ts'
import { fuzzPictures } from '../fuzz/fuzzPictures.ts'
import { FuzzStand, goodPicture } from '../fuzz/fuzzStand.ts'
import { Tally } from '../fuzz/tally.ts'

/** The short form of `npm run test:fuzz`, whose seed it shares. */
const seed = '1'
const [pictures, models] = [150, 16]

let stand: FuzzStand

beforeAll(async () => {
  stand = await FuzzStand.open()
})
afterAll(async () => {
  expect(await stand.close()).toEqual([])
})

const upTo = (count: number) => Array.from({ length: count }, (_, at) => at)
const client = (patienceMs: number) => new FuzzClient(stand.host.url, stand.host.token, patienceMs)

it('mutated pictures are answered or refused, and those that are recorded can be seen', async () => {
  const tally = new Tally()
  await fuzzPictures({ client: client(30_000), seed, tally, slug: stand.slug }, upTo(pictures))
  expect(tally.failures).toEqual([])
  expect(tally.of('predict 200')).toBeGreaterThan(20)
  expect(tally.of('predict IMAGE_UNREADABLE')).toBeGreaterThan(20)
  await stand.recovered()
  expect(await stand.restarts()).toBe(0)
}, 60_000)

it('mutated models are refused or run, and nothing else suffers', async () => {
  const tally = new Tally()
  const picture = await goodPicture()
  const fuzz = { client: client(150_000), seed, tally, picture, projects: stand.projects }
  await fuzzModels(fuzz, upTo(models))
  expect(tally.failures).toEqual([])
  expect(tally.of('inspect MODEL_UNREADABLE')).toBeGreaterThan(2)
  expect(tally.of('create 201')).toBeGreaterThan(0)
  await stand.recovered()
}, 180_000)
