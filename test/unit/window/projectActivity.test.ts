import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { lastActivity } from '../../../renderer/projects/projectActivity.ts'

test('what happened last counts: the project, a sample or an inference’s status', () => {
  const createdAt = '2026-11-25T10:00:00.000Z'
  const newestSample = ulid(Date.parse('2026-11-25T11:00:00.000Z'))
  expect(lastActivity({ createdAt, newestSample: null }, [])).toBe(createdAt)
  expect(lastActivity({ createdAt, newestSample }, [{ since: createdAt }])).toBe('2026-11-25T11:00:00.000Z')
  const since = '2026-11-25T12:00:00.000Z'
  expect(lastActivity({ createdAt, newestSample }, [{ since: createdAt }, { since }])).toBe(since)
})
