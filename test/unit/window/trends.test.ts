import { expect, test } from 'vitest'
import { rateTrend } from '../../../renderer/ui/trends.ts'

test('a steady rate is a level line, also while its last quarter of a minute has only begun', () => {
  const recent = [...Array.from({ length: 59 }, () => 300), 3]
  expect(rateTrend({ recent, perMinute: 1200 })).toEqual(Array.from({ length: 60 }, () => 1200))
})
