import { expect, test } from 'vitest'
import type { Prediction } from '../../../main/contract/index.ts'
import type { Database } from '../../../main/host/database/database.ts'
import { deleteInference } from '../../../main/host/inference/inferenceRows.ts'
import { RecentPredictions } from '../../../main/host/recent/recentPredictions.ts'
import { RecentRequests, seenFrom } from '../../../main/host/recent/recentRequests.ts'
import { HandTime } from '../../helpers/handTime.ts'
import { storeWith, until } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

const model = '01K0000000000000000000000A'
const other = '01K0000000000000000000000B'

const candidate: Prediction = { class: 'short', confidence: 0.1234567, unknown: true, candidate: true }
const scratch: Prediction = {
  ...{ class: 'scratch', confidence: 0.9, unknown: false, box: { x: 1, y: 2, width: 3, height: 4 } },
  mask: { areaPx: 812, polygons: [] }
}
const kept = [
  { class: 'scratch', confidence: 0.9, unknown: false, candidate: false, areaPx: 812 },
  { class: 'short', confidence: 0.1234567, unknown: true, candidate: true, areaPx: null }
]

const rowsOf = async ({ read }: Database) =>
  (await read.selectFrom('recent_requests').select('inference_slug').execute()).map((row) => row.inference_slug)

test('they survive a restart, without geometry, and go on', async () => {
  const { database } = await storeWith('a')
  const first = new RecentPredictions(database, keepingLogger())
  const run = first.follow('a', 0.25)
  run.answered({ at: 1000, model, bytes: 5 }, [scratch, candidate])
  run.answered({ at: 2000, model: other, bytes: 6 }, [])
  await first.store()
  const second = new RecentPredictions(database, keepingLogger())
  second.follow('a', 0.1).answered({ at: 3000, model, bytes: 7 }, [])
  expect(await second.of('a')).toEqual([
    { at: 1000, model, bytes: 5, seenFrom: 0.25, predictions: kept },
    { at: 2000, model: other, bytes: 6, seenFrom: 0.25, predictions: [] },
    { at: 3000, model, bytes: 7, seenFrom: 0.1, predictions: [] }
  ])
})

test('they are stored when a run ends, now and then, and at the end; what has not changed is not', async () => {
  const { database } = await storeWith('a')
  const time = new HandTime(0)
  const recent = new RecentPredictions(database, keepingLogger(), time)
  const stop = recent.start()
  const stored = async () => (await new RecentPredictions(database, keepingLogger()).of('a')).length
  const run = recent.follow('a', 0)
  run.answered({ at: 1, model, bytes: 1 }, [])
  run.ended()
  await until(async () => (await stored()) === 1)
  run.answered({ at: 2, model, bytes: 1 }, [])
  time.pass(5 * 60_000)
  await until(async () => (await stored()) === 2)
  run.answered({ at: 3, model, bytes: 1 }, [])
  await stop()
  expect(await stored()).toBe(3)
  await database.write([database.read.deleteFrom('recent_requests').compile()])
  await recent.store()
  expect(await stored()).toBe(0)
})

test('they go with their inference, and follow its name', async () => {
  const { database } = await storeWith('a')
  const recent = new RecentPredictions(database, keepingLogger())
  const run = recent.follow('a', 0)
  run.answered({ at: 1, model, bytes: 1 }, [])
  await recent.store()
  await database.write([database.read.updateTable('inferences').set({ slug: 'b' }).where('slug', '=', 'a').compile()])
  recent.renamed('a', 'b')
  expect(await rowsOf(database)).toEqual(['b'])
  expect((await recent.of('b')).length).toBe(1)
  await database.write([deleteInference(database, 'b')])
  await recent.store()
  recent.forget('b')
  expect(await rowsOf(database)).toEqual([])
  expect(await recent.of('b')).toEqual([])
})

test('a row that is none is told, and replaced', async () => {
  const { database } = await storeWith('a')
  const row = { inference_slug: 'a', requests: '{"models":[],"classes":[],"requests":[[1,0,1,0,[]]]}' }
  await database.write([database.read.insertInto('recent_requests').values(row).compile()])
  const logger = keepingLogger()
  const recent = new RecentPredictions(database, logger)
  expect(await recent.of('a')).toEqual([])
  expect(logger.lines.join()).toContain('could not be read')
  recent.follow('a', 0).answered({ at: 1, model, bytes: 1 }, [])
  await recent.store()
  expect((await new RecentPredictions(database, keepingLogger()).of('a')).length).toBe(1)
})

test('they are bounded by requests and by predictions, the newest stay', () => {
  const many = (count: number) => Array.from({ length: count }, () => kept[0] ?? never())
  const request = (at: number, count: number) => ({ at, model, bytes: 1, seenFrom: 0, predictions: many(count) })
  const requests = new RecentRequests({ requests: 3, predictions: 10 })
  for (const at of [1, 2, 3, 4]) requests.add(request(at, 1))
  expect(requests.list().map(({ at }) => at)).toEqual([2, 3, 4])
  requests.add(request(5, 9))
  expect(requests.list().map(({ at }) => at)).toEqual([4, 5])
  requests.add(request(6, 30))
  expect(requests.list().map(({ at }) => at)).toEqual([6])
  const later = new RecentRequests({ requests: 3, predictions: 10 })
  later.add(request(9, 1))
  later.addEarlier([request(1, 1), request(2, 1), request(3, 1)])
  expect(later.list().map(({ at }) => at)).toEqual([2, 3, 9])
})

test('what a run sees begins at its floor, or where its candidates do', () => {
  const confidence = { from: 0.1, to: 0.5 }
  expect(seenFrom({ parameters: { confidence: 0.25 }, sampling: {} })).toBe(0.25)
  expect(seenFrom({ parameters: { confidence: 0.25 }, sampling: { confidence } })).toBe(0.1)
  expect(seenFrom({ parameters: { confidence: 0.05 }, sampling: { confidence } })).toBe(0.05)
  expect(seenFrom({ parameters: {}, sampling: { confidence } })).toBe(0)
})

function never(): never {
  throw new Error('there is nothing')
}
