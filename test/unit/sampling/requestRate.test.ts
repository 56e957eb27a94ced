import { expect, test } from 'vitest'
import type { RecentRequest } from '../../../main/host/recent/recentRequests.ts'
import { requestsPerHour } from '../../../main/host/sampling/requestRate.ts'
import { FiguresHistory } from '../../../main/host/telemetry/figuresHistory.ts'
import { HandTime } from '../../helpers/handTime.ts'
import { storeWith } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

const noon = Date.UTC(2026, 10, 25, 12)
const timing = { queueMs: 0, decodeMs: 1, preprocessMs: 0, inferMs: 1, postprocessMs: 0, recordMs: 0, totalMs: 2 }
const request = (at: number): RecentRequest => ({ at, model: 'm', bytes: 1, seenFrom: 0, predictions: [] })

test('the rate is that of the figures while the inference was up, else that of the requests', async () => {
  const { database } = await storeWith('a')
  const time = new HandTime(noon)
  const history = new FiguresHistory(database, keepingLogger(), time)
  const rate = (...times: number[]) => requestsPerHour(history, 'a', times.map(request), time.now())

  expect(await rate(noon)).toBeNull()
  expect(await rate(noon, noon + 1000, noon + 4000)).toBe(1800)

  // Ten minutes: one answered each 10 s, every third refused in between.
  const counter = history.follow('a')
  const times: number[] = []
  for (let passed = 0; passed < 60; passed++) {
    for (const half of [5000, 5000]) {
      time.pass(half)
      await history.store()
    }
    if (passed % 3 === 0) counter.present.failed('QUEUE_FULL')
    counter.present.answered({ predictions: [] }, timing)
    times.push(time.now())
  }
  counter.end()
  await history.store()
  // Only the last ones are kept; the figures know of the others, and time after the run is no time.
  time.pass(3 * 3_600_000)
  expect(await rate(...times.slice(-4))).toBeCloseTo(360, 0)
})
