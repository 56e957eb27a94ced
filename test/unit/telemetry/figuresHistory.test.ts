import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figuresHistory, historyQuery, type HistoryPoint, type Timing } from '../../../main/contract/index.ts'
import type { Database } from '../../../main/host/database/database.ts'
import { openDatabase, type ThreadedDatabase } from '../../../main/host/database/openDatabase.ts'
import { FiguresHistory } from '../../../main/host/telemetry/figuresHistory.ts'
import { HandTime } from '../../helpers/handTime.ts'
import { storeWith, until } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

const hour = 3_600_000
const noon = Date.UTC(2026, 10, 25, 12)

function timing(totalMs: number): Timing {
  return { queueMs: 0, decodeMs: 1, preprocessMs: 0, inferMs: 1, postprocessMs: 0, recordMs: 0, totalMs }
}

const none = { predictions: [] }
const query = (given: object) => historyQuery.parse(given)
const sum = (points: HistoryPoint[], of: (point: HistoryPoint) => number) =>
  points.reduce((all, point) => all + of(point), 0)

test('what happened is told by 10 s, by the minute and by the quarter of an hour alike', async () => {
  const slug = 'a'
  const { database } = await storeWith(slug)
  const time = new HandTime(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  const counter = history.follow(slug)
  const gaps = fc.sample(fc.integer({ min: 1, max: 9000 }), { numRuns: 100, seed: 7 })
  for (const [index, gap] of gaps.entries()) {
    time.pass(gap)
    if (index % 5 === 4) counter.present.failed('QUEUE_FULL')
    else counter.present.answered(none, timing(index))
    counter.present.add(`verdict:${index < 30 ? 'NG' : 'OK'}`)
    await history.store()
  }
  const range = { rangeSeconds: 3600 }
  for (const stepSeconds of [10, 30, 60, 600, 900, 3600]) {
    const { points, ...told } = figuresHistory.parse(await history.read(slug, query({ ...range, stepSeconds })))
    expect(told.stepSeconds).toBe(stepSeconds)
    expect(sum(points, ({ requests }) => requests)).toBe(100)
    expect(sum(points, ({ failuresByCode }) => failuresByCode['QUEUE_FULL'] ?? 0)).toBe(20)
    expect(sum(points, ({ verdicts }) => verdicts.ng)).toBe(30)
    expect(sum(points, ({ verdicts }) => verdicts.ok)).toBe(70)
    expect(points.every(({ verdicts }) => verdicts.warn === 0)).toBe(true)
    expect(sum(points, ({ seconds }) => seconds)).toBeCloseTo((time.now() - noon) / 1000, 3)
    for (const { at } of points) expect((Date.parse(at) / 1000) % stepSeconds).toBe(0)
    expect(new Set(points.map(({ at }) => at)).size).toBe(points.length)
  }
  const [all] = (await history.read(slug, query({ ...range, stepSeconds: 86_400 }))).points
  expect(Math.abs((all?.latencyMs.p50 ?? 0) - 50)).toBeLessThan(2)
  expect(all?.perMinute).toBeCloseTo((100 / ((time.now() - noon) / 1000)) * 60, 1)
})

test('an idle inference has points of nothing, one that is not up has none', async () => {
  const slug = 'a'
  const { database } = await storeWith(slug)
  const time = new HandTime(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  const up = async (seconds: number) => {
    const counter = history.follow(slug)
    for (let passed = 0; passed < seconds; passed += 5) {
      time.pass(5000)
      await history.store()
    }
    counter.end()
    await history.store()
  }
  await up(60)
  time.pass(120_000)
  await up(60)
  const { points } = await history.read(slug, query({ rangeSeconds: 240 }))
  expect(points.map(({ at }) => (Date.parse(at) - noon) / 1000)).toEqual([
    0, 10, 20, 30, 40, 50, 180, 190, 200, 210, 220, 230
  ])
  expect(points.every(({ requests, seconds }) => requests === 0 && seconds === 10)).toBe(true)
})

test('a start goes on with what is stored, also within a span; a clock that is set back adds to what is there', async () => {
  const slug = 'a'
  const { folder, database } = await storeWith(slug)
  const time = new HandTime(noon)
  for (const requests of [3, 4]) {
    const opened: ThreadedDatabase = await openDatabase(folder, keepingLogger())
    const history = new FiguresHistory(opened, keepingLogger(), time)
    const counter = history.follow(slug)
    for (let request = 0; request < requests; request++) counter.present.answered(none, timing(5))
    time.pass(2000)
    await history.store()
    await opened.close()
  }
  time.setClock(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  history.follow(slug).present.failed('INTERNAL')
  time.pass(1000)
  await history.store()
  time.setClock(noon + 9000)
  for (const stepSeconds of [10, 60, 900]) {
    const { points } = await history.read(slug, query({ stepSeconds }))
    expect(points).toMatchObject([{ requests: 8, failures: 1, seconds: 5 }])
  }
})

test('rows stay few: each length only as long as it is kept, and those of an inference go with it', async () => {
  const [slug, other] = ['a', 'b']
  const { database } = await storeWith(slug, other)
  const time = new HandTime(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  const counters = [history.follow(slug), history.follow(other)]
  const rounds = (35 * 24) / 6
  for (let round = 0; round < rounds; round++) {
    time.pass(6 * hour)
    for (const { present } of counters) present.answered(none, timing(5))
    await history.store()
  }
  const rows = (of: string, step: number) => {
    const figures = database.read.selectFrom('figures').select('at').where('inference_slug', '=', of)
    return figures.where('step', '=', step).execute()
  }
  // Each round leaves two rows at the most, as its time may lie in two spans.
  expect((await rows(slug, 10)).length).toBeLessThanOrEqual(2)
  expect((await rows(slug, 60)).length).toBeLessThanOrEqual(2 * 5)
  const quarters = (await rows(slug, 900)).length
  expect(quarters).toBeGreaterThanOrEqual(30 * 4)
  expect(quarters).toBeLessThanOrEqual(2 * (30 * 4 + 1))
  const renamed = database.read.updateTable('inferences').set({ slug: 'renamed' }).where('slug', '=', slug)
  await database.write([renamed.compile()])
  expect((await history.read('renamed', query({ rangeSeconds: 30 * 24 * 3600 }))).points.length).toBeGreaterThan(100)
  await database.write([database.read.deleteFrom('inferences').where('slug', '=', other).compile()])
  expect(await rows(other, 900)).toEqual([])
  for (const { present } of counters) present.answered(none, timing(5))
  await history.store()
  expect(await rows(other, 900)).toEqual([])
})

test('it stores by itself every five seconds, and what is left when it is released', async () => {
  const slug = 'a'
  const { database } = await storeWith(slug)
  const time = new HandTime(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  const release = history.start()
  const counter = history.follow(slug)
  counter.present.answered(none, timing(5))
  time.pass(5000)
  const count = async () => sum((await history.read(slug, query({}))).points, ({ requests }) => requests)
  await until(async () => (await count()) === 1)
  counter.present.answered(none, timing(5))
  await release()
  expect(await count()).toBe(2)
  expect(time.timers).toBe(0)
})

test('trouble with the database is said once, and once more when it is over', async () => {
  const slug = 'a'
  const { database } = await storeWith(slug)
  const logger = keepingLogger()
  let isFull = true
  const flaky: Database = {
    read: database.read,
    write: (given) => (isFull ? Promise.reject(new Error('the disk is full')) : database.write(given)),
    close: async () => undefined
  }
  const history = new FiguresHistory(flaky, logger, new HandTime(noon))
  const counter = history.follow(slug)
  for (let round = 0; round < 4; round++) {
    counter.present.answered(none, timing(5))
    await history.store()
    isFull = round < 2
  }
  expect(logger.lines).toEqual([expect.stringContaining('the disk is full'), 'figures are stored again'])
  expect((await history.read(slug, query({}))).points).toMatchObject([{ requests: 1 }])
})
