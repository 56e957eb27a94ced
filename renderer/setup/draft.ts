import {
  familyParameters,
  newSetup,
  type Family,
  type Model,
  type NewSetup,
  type Setup
} from '../../main/contract/index.ts'
import { describeFields } from '../ui/schemaFields.ts'
import { metadataOf, metadataRowsOf, type MetadataRow } from './metadataDraft.ts'
import { copiedOutputs, outputDraftsOf, outputOf, type OutputDraft } from './outputDraft.ts'
import { classThresholdsOf, thresholdsDraftOf, type ThresholdsDraft } from './thresholdsDraft.ts'
import { newShutdown, shutdownDraftOf, shutdownOf, type ShutdownDraft } from './shutdownDraft.ts'
import { newSampling, samplingDraftOf, samplingOf, type SamplingDraft } from './samplingDraft.ts'
import { newSizes, sizesDraftOf, sizesOf, type SizesDraft } from './sizesDraft.ts'
import { newVerdict, verdictDraftOf, verdictOf, type VerdictDraft } from './verdictDraft.ts'

/** The setup as the form holds it: numbers may be texts until they are right. */
export interface Draft {
  name: string
  /** The name in the address where one was typed; else it is kept, or made from the name. */
  slug: string | null
  model: string | null
  general: {
    gpu: boolean
    instances: number | string
    threads: number | string
    largestBatch: number | string
    batchWaitMs: number | string
    queue: number | string
    deadlineMs: number | string
    /** Empty: as large as the instance turns out to need. */
    memoryLimitMb: number | string
    shutdown: ShutdownDraft
  }
  parameters: Record<string, number | boolean | string | undefined>
  sizes: SizesDraft
  sampling: SamplingDraft
  metadata: MetadataRow[]
  classThresholds: ThresholdsDraft
  verdict: VerdictDraft
  outputs: OutputDraft[]
}

/** The draft of a new inference, with defaults good enough to be run at once. */
export function newDraft(
  name: string,
  model: Model | undefined,
  threads: number,
  classThresholds: ThresholdsDraft
): Draft {
  return {
    name,
    slug: null,
    model: model?.id ?? null,
    general: {
      ...{ gpu: true, instances: 1, threads, largestBatch: 1, batchWaitMs: 0, queue: 32, deadlineMs: 10_000 },
      ...{ memoryLimitMb: '', shutdown: newShutdown }
    },
    parameters: model ? defaultParameters(model.spec.family) : {},
    sizes: newSizes,
    sampling: newSampling,
    metadata: [],
    classThresholds,
    verdict: newVerdict,
    outputs: []
  }
}

/** The draft of a stored setup. */
export function draftOfSetup(setup: Setup): Draft {
  const { shutdown, memoryLimitMb = '', ...general } = setup.general
  const { sizeMeasurement, sampling, classThresholds, verdict, outputs } = setup
  return {
    name: setup.name,
    slug: null,
    model: setup.model,
    general: { ...general, memoryLimitMb, shutdown: shutdownDraftOf(shutdown) },
    parameters: setup.parameters,
    sizes: sizesDraftOf(sizeMeasurement),
    sampling: samplingDraftOf(sampling),
    metadata: metadataRowsOf(setup.metadata),
    classThresholds: thresholdsDraftOf(classThresholds),
    verdict: verdictDraftOf(verdict),
    outputs: outputDraftsOf(outputs)
  }
}

/** The draft of a new inference like another one. */
export function copyOf(draft: Draft, name: string): Draft {
  return { ...draft, name, outputs: copiedOutputs(draft.outputs) }
}

/** The parameters of a family, each with its default. */
export function defaultParameters(family: Family): Draft['parameters'] {
  return Object.fromEntries(describeFields(familyParameters[family]).map((field) => [field.key, field.initial]))
}

/** What the contract's schema is asked about, and what is sent. */
export function setupOf(draft: Draft, project: string): Record<string, unknown> {
  const { shutdown, memoryLimitMb, ...general } = draft.general
  const memory = memoryLimitMb === '' ? {} : { memoryLimitMb }
  return {
    project,
    type: 'api',
    name: draft.name,
    ...(draft.slug === null ? {} : { slug: draft.slug }),
    model: draft.model ?? undefined,
    general: { ...general, ...memory, shutdown: shutdownOf(shutdown) },
    parameters: draft.parameters,
    sizeMeasurement: sizesOf(draft.sizes),
    sampling: samplingOf(draft.sampling),
    metadata: metadataOf(draft.metadata),
    classThresholds: classThresholdsOf(draft.classThresholds),
    verdict: verdictOf(draft.verdict),
    outputs: draft.outputs.map(outputOf)
  }
}

/** The setup that a draft would be sent as, with the issues of its schemas. */
export function checkDraft(draft: Draft, project: string, family: Family | undefined) {
  const setup = newSetup.safeParse(setupOf(draft, project))
  const parameters = family ? familyParameters[family].safeParse(draft.parameters) : undefined
  return { setup, parameters }
}

export type CheckedSetup = NewSetup
