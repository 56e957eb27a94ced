import type { Inference, Project } from '../../main/contract/index.ts'

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** When an id was made, in epoch ms: the first ten characters of a ULID count the time, five bits each. */
export function timeOfId(id: string): number {
  return Array.from(id.slice(0, 10)).reduce((time, character) => time * 32 + crockford.indexOf(character), 0)
}

/** When something last happened in a project: a sample was recorded, or an inference changed its status. */
export function lastActivity({ newestSample, createdAt }: Project, inferences: readonly Inference[]): string {
  const changed = inferences.map(({ since }) => Date.parse(since))
  const recorded = newestSample === null ? [] : [timeOfId(newestSample)]
  return new Date(Math.max(Date.parse(createdAt), ...changed, ...recorded)).toISOString()
}
