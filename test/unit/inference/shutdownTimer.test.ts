import { describe, expect, it, vi } from 'vitest'
import { nextDayTime, ShutdownTimer, type Shutdown } from '../../../main/host/inference/shutdownTimer.ts'
import { HandTime } from '../../helpers/handTime.ts'

const minute = 60_000
const hour = 60 * minute
/** Local time. */
const local = (text: string) => new Date(text).getTime()

function timer(shutdown: Shutdown, at = local('2026-11-24T20:00:00'), isIdle = () => true) {
  const time = new HandTime(at)
  const end = vi.fn<(reason: string) => void>()
  return { time, end, timer: new ShutdownTimer(shutdown, time, isIdle, end) }
}

describe('never', () => {
  it('sets no timer and names no moment', () => {
    const { time, end, timer: never } = timer({ kind: 'never' })
    time.pass(1000 * hour)
    expect([time.timers, never.at, end.mock.calls.length]).toEqual([0, null, 0])
  })
})

describe('idle minutes', () => {
  it('end a run that long after its last request', () => {
    const { time, end, timer: idle } = timer({ kind: 'idle', minutes: 30 })
    time.pass(29 * minute)
    idle.touch()
    time.pass(29 * minute)
    expect(end).not.toHaveBeenCalled()
    expect(idle.at).toBe(time.now() + minute)
    time.pass(minute)
    expect(end.mock.calls).toEqual([['shutdown time: idle for 30 min']])
    expect([idle.at, time.timers]).toEqual([null, 0])
  })

  it('do not count while the run is not healthy', () => {
    let isHealthy = false
    const { time, end } = timer({ kind: 'idle', minutes: 1 }, undefined, () => isHealthy)
    time.pass(hour)
    expect(end).not.toHaveBeenCalled()
    isHealthy = true
    time.pass(minute)
    expect(end).toHaveBeenCalledOnce()
  })

  it('are not moved by a clock that is set forward or back', () => {
    const { time, end } = timer({ kind: 'idle', minutes: 10 })
    time.setClock(time.now() + 5 * hour)
    time.pass(9 * minute)
    time.setClock(0)
    time.pass(0.9 * minute)
    expect(end).not.toHaveBeenCalled()
    time.pass(0.1 * minute)
    expect(end).toHaveBeenCalledOnce()
  })
})

describe('hours after the start', () => {
  it('end a run whatever is asked of it, also after a year, with short timers only', () => {
    const { time, end, timer: after } = timer({ kind: 'after', hours: 8760 })
    time.pass(8760 * hour - 1)
    after.touch()
    expect(end).not.toHaveBeenCalled()
    time.pass(1)
    expect(end.mock.calls).toEqual([['shutdown time: 8760 h after its start']])
    expect(time.longestMs).toBeLessThan(2 ** 31)
  })
})

describe('a time of day', () => {
  it('is the next such moment after the start', () => {
    const { time, end, timer: at } = timer({ kind: 'at', time: '22:00' })
    expect(at.at).toBe(local('2026-11-24T22:00:00'))
    time.pass(2 * hour - 1)
    expect(end).not.toHaveBeenCalled()
    time.pass(1)
    expect(end.mock.calls).toEqual([['shutdown time: 22:00']])
  })

  it('is tomorrow’s where today’s has passed, or is now', () => {
    expect(nextDayTime('19:59', local('2026-11-24T20:00:00'))).toBe(local('2026-11-25T19:59:00'))
    expect(nextDayTime('20:00', local('2026-11-24T20:00:00'))).toBe(local('2026-11-25T20:00:00'))
    expect(nextDayTime('00:00', local('2026-12-31T23:59:59'))).toBe(local('2027-01-01T00:00:00'))
  })

  it('comes soon after a clock was set past it', () => {
    const { time, end } = timer({ kind: 'at', time: '22:00' })
    time.setClock(local('2026-11-24T22:30:00'))
    time.pass(minute)
    expect(end).toHaveBeenCalledOnce()
  })

  it('is today’s again where the clock was set back by days', () => {
    const { time, end, timer: at } = timer({ kind: 'at', time: '22:00' })
    time.setClock(local('2026-11-20T21:59:00'))
    time.pass(minute)
    expect(end).toHaveBeenCalledOnce()
    expect(at.at).toBeNull()
  })

  it('stays the moment it was where the clock jumps by an hour, as in summer time', () => {
    const { time, timer: at } = timer({ kind: 'at', time: '22:00' })
    time.setClock(local('2026-11-24T21:00:00'))
    time.pass(minute)
    expect(at.at).toBe(local('2026-11-24T22:00:00'))
  })
})

it('ends nothing once it is closed', () => {
  const { time, end, timer: closed } = timer({ kind: 'after', hours: 1 })
  closed.close()
  time.pass(2 * hour)
  expect([end.mock.calls.length, closed.at, time.timers]).toEqual([0, null, 0])
})
