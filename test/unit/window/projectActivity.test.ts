import { ulid } from 'ulid'
import fc from 'fast-check'
import { test } from 'vitest'
import { timeOfId } from '../../../renderer/projects/projectActivity.ts'

test('the time in an id is the one that it was made with', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (time) => timeOfId(ulid(time)) === time))
})
