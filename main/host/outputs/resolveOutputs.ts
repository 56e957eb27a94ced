import { ulid } from 'ulid'
import {
  setup as setupSchema,
  type InvalidField,
  type NewOutput,
  type NewSetup,
  type Setup,
  type StoredOutput,
  type StoredSetup
} from '../../contract/index.ts'

/*
 * Secrets go in and never come out: an output is read with `hasSecret`, and given back without a secret it keeps the
 * stored one of the same id. So a setup that was read can be written as it is, and nobody learns a secret by reading.
 */

/**
 * The outputs of a setup as they are stored, each with its id and its secret, given or kept.
 * @param present Those that the inference has now.
 */
export function resolveOutputs(given: readonly NewOutput[], present: readonly StoredOutput[]): StoredOutput[] {
  const taken = new Set<string>()
  return given.map((output) => {
    const kept = present.find(({ id }) => id === output.id && !taken.has(id))
    const id = kept?.id ?? ulid()
    taken.add(id)
    const secret = output.secret === undefined ? (kept?.secret ?? null) : output.secret
    return { ...output, id, secret, hasSecret: secret !== null }
  })
}

/** What a setup says wrongly of its outputs. */
export function outputFields({ outputs, verdict }: NewSetup, present: readonly StoredOutput[]): InvalidField[] {
  return outputs.flatMap((output, at) => {
    const path = `outputs.${at}`
    const isRepeated = outputs.findIndex(({ name }) => name === output.name) < at
    const repeated = { path: `${path}.name`, message: `“${output.name}” is the name of another output` }
    const needless = { path: `${path}.when`, message: 'needs a verdict, and this setup has none' }
    return [
      ...(isRepeated ? [repeated] : []),
      ...(output.when !== 'all' && verdict === null ? [needless] : []),
      ...lostSecret(output, present, path)
    ]
  })
}

/** A secret that is to stay must be there: what was signed is never sent unsigned by mistake. */
export function lostSecret({ id, secret, hasSecret }: NewOutput, present: readonly StoredOutput[], path: string) {
  const isKept = present.some((output) => output.id === id && output.secret !== null)
  if (secret !== undefined || !hasSecret || isKept) return []
  return [{ path: `${path}.secret`, message: 'is not stored for this output; give it again, or null for none' }]
}

/** A setup as it may be shown and written down elsewhere. */
export function withoutSecrets(setup: StoredSetup): Setup {
  return setupSchema.parse(setup)
}
