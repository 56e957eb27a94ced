import { availableParallelism } from 'node:os'
import { z } from 'zod'
import {
  familyParameters,
  parameters as storedParameters,
  type InvalidField,
  type Model,
  type NewSetup,
  type Parameters,
  type StoredOutput,
  type StoredSetup
} from '../../contract/index.ts'
import { outputFields, resolveOutputs } from '../outputs/resolveOutputs.ts'
import { invalidFields } from '../refusal.ts'
import { verdictFields } from '../verdict/verdictFields.ts'
import { samplingFields, sizeFields } from './measuringFields.ts'
import { unavailableFields } from './unavailable.ts'

/** Half of the cores, at least one and at most four (F6). */
export function defaultThreads(cores = availableParallelism()): number {
  return Math.max(1, Math.min(4, Math.floor(cores / 2)))
}

/**
 * A setup with nothing left to defaults, as it is stored.
 * @param outputs Those that the inference has now, whose secrets stay.
 * @throws Refusal INVALID_REQUEST that names each field that is wrong
 */
export function resolveSetup(
  given: NewSetup,
  slug: string,
  model: Model,
  outputs: readonly StoredOutput[] = []
): StoredSetup {
  const { values, fields } = resolveParameters(given.parameters, model)
  const invalid = [
    ...unavailableFields(given),
    ...modelFields(given, model),
    ...batchFields(given, model),
    ...outputFields(given, outputs),
    ...fields
  ]
  if (invalid.length > 0) throw invalidFields(invalid)
  const general = { ...given.general, threads: given.general.threads ?? defaultThreads() }
  return { ...given, slug, general, parameters: values, outputs: resolveOutputs(given.outputs, outputs) }
}

/** What a setup says of its model must be true of it. */
function modelFields(given: NewSetup, { project, spec }: Model): InvalidField[] {
  const fields = [
    ...thresholdFields(given, spec.classes),
    ...sizeFields(given, spec),
    ...samplingFields(given, spec),
    ...verdictFields(given, spec)
  ]
  return project === given.project ? fields : [{ path: 'model', message: 'is of another project' }, ...fields]
}

/** Several pictures at a time only where the model's file says that it takes them; if not known, the load will tell. */
function batchFields({ general }: NewSetup, { dynamicBatch }: Model): InvalidField[] {
  const { largestBatch, batchWaitMs, deadlineMs } = general
  if (largestBatch === 1) return []
  const message = 'must be 1, as the model takes one picture at a time (its batch axis is fixed in the file)'
  const fixed = dynamicBatch === false ? [{ path: 'general.largestBatch', message }] : []
  const late = { path: 'general.batchWaitMs', message: `must be shorter than the deadline of ${deadlineMs} ms` }
  return batchWaitMs < deadlineMs ? fixed : [...fixed, late]
}

function thresholdFields({ classThresholds }: NewSetup, classes: string[]): InvalidField[] {
  if (classThresholds.source !== 'manual') return []
  const known = new Set(classes)
  const unknown = Object.keys(classThresholds.values).filter((name) => !known.has(name))
  return unknown.map((name) => ({
    path: `classThresholds.values.${name}`,
    message: 'is not a class of the model'
  }))
}

/** The family's parameters, strictly: one that it does not have is refused, one that is absent has its default. */
export function resolveParameters(given: Parameters, { spec }: Model): { values: Parameters; fields: InvalidField[] } {
  const parsed = z.strictObject(familyParameters[spec.family].shape).safeParse(given)
  if (parsed.success) return { values: storedParameters.parse(parsed.data), fields: [] }
  return { values: {}, fields: parsed.error.issues.flatMap((issue) => parameterFields(issue)) }
}

function parameterFields(issue: z.core.$ZodIssue): InvalidField[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: `parameters.${key}`, message: 'is not a parameter of the model’s family' }))
  }
  return [{ path: ['parameters', ...issue.path].join('.'), message: issue.message }]
}
