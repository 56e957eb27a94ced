import { decodeTime } from 'ulid'
import type { Inference, Project } from '../../main/contract/index.ts'

/** When something last happened in a project: a sample was recorded, or an inference changed its status. */
export function lastActivity(
  { newestSample, createdAt }: Pick<Project, 'newestSample' | 'createdAt'>,
  inferences: readonly Pick<Inference, 'since'>[]
): string {
  const changed = inferences.map(({ since }) => Date.parse(since))
  const recorded = newestSample === null ? [] : [decodeTime(newestSample)]
  return new Date(Math.max(Date.parse(createdAt), ...changed, ...recorded)).toISOString()
}
