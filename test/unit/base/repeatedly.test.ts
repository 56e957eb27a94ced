import { setImmediate as breath } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { repeatedly } from '../../../main/base/repeatedly.ts'
import { HandTime } from '../../helpers/handTime.ts'

/** Work that is done when the test says so. */
function slowWork() {
  const done: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => done.push(resolve))
  return { done, work }
}

test('the next time is counted from the end of the last', async () => {
  const time = new HandTime(0)
  const { done, work } = slowWork()
  repeatedly(time, 1000, work)
  time.pass(999)
  expect(done).toHaveLength(0)
  time.pass(5000)
  expect(done).toHaveLength(1)
  done[0]?.()
  await breath()
  time.pass(999)
  expect(done).toHaveLength(1)
  time.pass(1)
  expect(done).toHaveLength(2)
})

test('it is done once more when it is released, and never again, also where it was being done', async () => {
  const time = new HandTime(0)
  const { done, work } = slowWork()
  const release = repeatedly(time, 1000, work)
  time.pass(1000)
  const released = release()
  await breath()
  expect(done).toHaveLength(2)
  for (const finish of done) finish()
  await released
  await breath()
  expect(time.timers).toBe(0)
})
