import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatedKeys } from '../../../renderer/setup/metadataDraft.ts'
import { timeLeft } from '../../../renderer/inference/timeLeft.ts'
import { newShutdown, shutdownDraftOf, shutdownOf } from '../../../renderer/setup/shutdownDraft.ts'
import { rowsOfTable } from '../../../renderer/setup/pastedTable.ts'
import { slugOf } from '../../../renderer/setup/slugOf.ts'
import { freeSlug, makeSlug } from '../../../main/host/inference/slugs.ts'

describe('the address that the setup previews', () => {
  const free = () => false

  it.each([
    ['Surface check', 'surface-check'],
    ['Prüfung № 7 – Süd', 'prufung-no-7-sud'],
    ['検査', 'inference'],
    ['  --  ', 'inference']
  ])('%s becomes %s', (name, expected) => expect(slugOf(name, free)).toBe(expected))

  it('gets a number where it is taken', () => {
    expect(slugOf('Gate', (candidate) => ['gate', 'gate-2'].includes(candidate))).toBe('gate-3')
  })

  it('is the one that the host makes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.nat(3), (name, used) => {
        const made = makeSlug(name)
        const taken = new Set([made, freeSlug(made, new Set([made]))].slice(0, used))
        expect(slugOf(name, (candidate) => taken.has(candidate))).toBe(freeSlug(made, taken))
      })
    )
  })
})

describe('a pasted table', () => {
  it('fills rows from two columns of a sheet', () => {
    expect(rowsOfTable('Location\tfloor 1\r\nShift\tB\r\n')).toEqual([
      { key: 'Location', value: 'floor 1' },
      { key: 'Shift', value: 'B' }
    ])
  })

  it('keeps what stands after the first separator', () => {
    expect(rowsOfTable('start: 06:42\nlens = 35 mm')).toEqual([
      { key: 'start', value: '06:42' },
      { key: 'lens', value: '35 mm' }
    ])
  })

  it.each(['Location', 'a: b', 'first line\nsecond line'])('leaves %j to be pasted as text', (text) => {
    expect(rowsOfTable(text)).toBeNull()
  })
})

it('marks metadata keys that stand in two rows, blanks at their ends aside', () => {
  const rows = ['Shift', 'Location', 'Shift ', ''].map((key, id) => ({ id, key, value: 'x' }))
  expect(repeatedKeys(rows)).toEqual(new Set(['Shift']))
})

describe('the shutdown time in the form', () => {
  it.each([
    { kind: 'never' },
    { kind: 'idle', minutes: 5 },
    { kind: 'after', hours: 1.5 },
    { kind: 'at', time: '06:30' }
  ] as const)('%j is sent as it was stored', (shutdown) => {
    expect(shutdownOf(shutdownDraftOf(shutdown))).toEqual(shutdown)
  })

  it('keeps what was typed for a kind while another one is chosen', () => {
    const typed = { ...newShutdown, kind: 'never' as const, minutes: 7 }
    expect(shutdownOf(typed)).toEqual({ kind: 'never' })
    expect(shutdownOf({ ...typed, kind: 'idle' })).toEqual({ kind: 'idle', minutes: 7 })
  })
})

describe('the time that is left', () => {
  it.each([
    [-5, 0, 'seconds'],
    [1, 1, 'seconds'],
    [119_000, 119, 'seconds'],
    [120_000, 2, 'minutes'],
    [7_199_000, 119, 'minutes'],
    [7_200_000, 2, 'hours']
  ])('%i ms are %i %s', (ms, value, unit) => expect(timeLeft(ms)).toEqual({ value, unit }))
})
