import { useMemo, useState } from 'react'
import type { Model } from '../../main/contract/index.ts'
import { ApiProblem } from '../api/call.ts'
import { useLive } from '../api/live.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { useAfterPress } from './useAfterPress.ts'
import { outputProblems } from './outputDraft.ts'
import { verdictProblems } from './verdictDraft.ts'
import { checkDraft, type Draft } from './draft.ts'
import { metadataProblems } from './metadataDraft.ts'
import { errorsById, sizeProblems } from './sizesDraft.ts'
import { useWords, type Words } from '../ui/words/useWords.ts'

export const sections = [
  'general',
  'model',
  'sizes',
  'verdict',
  'sampling',
  'metadata',
  'classThresholds',
  'outputs'
] as const
export type Section = (typeof sections)[number]
export type Mark = 'untouched' | 'complete' | 'error'

/** The form of a setup: what is typed, what is wrong with it, and what of that is said yet. */
export function useSetupForm(given: Draft, project: string, models: readonly Model[], present: string | undefined) {
  const { t } = useWords()
  const [initial] = useState(given)
  const [draft, setDraft] = useState(initial)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const afterPress = useAfterPress()
  const [changing, setChanging] = useState<Section | null>(null)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<Record<string, string>>({})
  const slugTaken = useLive(({ inferences }) =>
    Boolean(draft.slug && draft.slug !== present && draft.slug in inferences)
  )
  const model = models.find((item) => item.id === draft.model)
  const checked = useMemo(() => checkDraft(draft, project, model?.spec.family), [draft, project, model])
  const found = useMemo(() => {
    const ofParameters = issuesByPath(t, checked.parameters?.error)
    return {
      ...Object.fromEntries(Object.entries(ofParameters).map(([path, words]) => [`parameters.${path}`, words])),
      ...errorsById(issuesByPath(t, checked.setup.error), draft.sizes),
      ...(draft.model ? {} : { model: t('setup.noModelChosen') }),
      ...(draft.sampling.classes.on && draft.sampling.classes.names.length === 0
        ? { 'sampling.classes': t('setup.sampling.noClass') }
        : {}),
      ...(slugTaken ? { slug: t('issues.slugTaken') } : {}),
      ...metadataIssues(t, draft),
      ...wordedProblems(t, draft),
      ...refused
    }
  }, [checked, draft, slugTaken, refused, t])
  const said = Object.fromEntries(Object.entries(found).filter(([path]) => tried || left.has(path) || path in refused))

  function change(part: Partial<Draft> | ((now: Draft) => Partial<Draft>), path: string) {
    setDraft((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) }))
    setChanging(sectionOf(path))
    setRefused((now) => Object.fromEntries(Object.entries(now).filter(([key]) => key !== path)))
  }

  return {
    draft,
    project,
    model,
    /** The sections that the model has: only what finds areas can measure them. */
    sections: sections.filter((section) => section !== 'sizes' || findsAreas(model)),
    dirty: draft !== initial,
    /** The section that was changed last. */
    changing,
    /** Errors that are shown: of fields that were left, or of all once saving was tried. */
    errors: said as Partial<Record<string, string>>,
    /** Changes the draft; `path` is the field, whose refusal by the host is then forgotten. */
    change,
    setSampling: (part: Partial<Draft['sampling']>, path: string) =>
      change({ sampling: { ...draft.sampling, ...part } }, path),
    leave: (path: string) => afterPress(() => setLeft((now) => new Set(now).add(path))),
    /** The setup to send, or null where something is wrong; then all errors are shown. */
    submit: () => {
      setTried(true)
      return Object.keys(found).length === 0 && checked.setup.success ? checked.setup.data : null
    },
    /** Puts what the host refused beside the field that it names. */
    refuse: (error: Error) => {
      const fields = errorsById(refusedFields(t, error), draft.sizes)
      setRefused(fields)
      return Object.keys(fields).length > 0
    },
    markOf: (section: Section): Mark => {
      if (Object.keys(said).some((path) => sectionOf(path) === section)) return 'error'
      const touched = tried || [...left].some((path) => sectionOf(path) === section) || differs(section, draft, initial)
      return touched ? 'complete' : 'untouched'
    }
  }
}

export type SetupForm = ReturnType<typeof useSetupForm>

/** The section in which a field stands. */
export function sectionOf(path: string): Section {
  if (path.startsWith('parameters') || path === 'model') return 'model'
  if (path.startsWith('sizes') || path.startsWith('sizeMeasurement')) return 'sizes'
  if (path.startsWith('sampling')) return 'sampling'
  if (path.startsWith('verdict')) return 'verdict'
  if (path.startsWith('outputs')) return 'outputs'
  if (path.startsWith('classThresholds')) return 'classThresholds'
  return path.startsWith('metadata') ? 'metadata' : 'general'
}

function differs(section: Section, a: Draft, b: Draft) {
  const parts: Record<Section, (draft: Draft) => unknown> = {
    general: (draft) => JSON.stringify([draft.name, draft.slug, draft.general]),
    model: (draft) => JSON.stringify([draft.model, draft.parameters]),
    sizes: (draft) => JSON.stringify(draft.sizes),
    verdict: (draft) => JSON.stringify(draft.verdict),
    sampling: (draft) => JSON.stringify(draft.sampling),
    outputs: (draft) => JSON.stringify(draft.outputs),
    metadata: (draft) => JSON.stringify(draft.metadata),
    classThresholds: (draft) => JSON.stringify(draft.classThresholds)
  }
  return parts[section](a) !== parts[section](b)
}

function metadataIssues(t: Words, { metadata }: Draft): Record<string, string> {
  const issues: Record<string, string> = {}
  for (const [id, problem] of metadataProblems(metadata)) {
    const key = metadata.find((row) => row.id === id)?.key.trim() ?? ''
    issues[`metadata.row.${id}`] = t(`setup.metadata.${problem}`, { key })
  }
  return issues
}

function wordedProblems(t: Words, { sizes, verdict, outputs }: Draft): Record<string, string> {
  const worded: Record<string, string> = {}
  for (const [path, problem] of sizeProblems(sizes)) worded[path] = t(`setup.sizes.problems.${problem}`)
  for (const [path, problem] of verdictProblems(verdict)) worded[path] = t(`setup.verdict.problems.${problem}`)
  for (const [path, problem] of outputProblems(outputs, verdict.on))
    worded[path] = t(`setup.outputs.problems.${problem}`)
  return worded
}

const findsAreas = (model: Model | undefined) => model?.spec.task.endsWith('-segmentation') ?? false

function refusedFields(t: Words, error: Error): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const { code, fields = [] } = error.problem
  if (code === 'NAME_TAKEN') return { name: t('issues.taken') }
  return Object.fromEntries(fields.map(({ path, message }) => [path, message]))
}
