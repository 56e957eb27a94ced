import { useMemo, useState } from 'react'
import { modelSpec, type Inspection, type Model, type Project } from '../../main/contract/index.ts'
import { ApiProblem } from '../api/call.ts'
import { classColours } from '../ui/classColours.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { classesOf, draftOf, specOf, taskOf, type ModelDraft } from './modelDraft.ts'
import { useWords } from '../ui/words/useWords.ts'

/** The form of a model that is brought in: what is typed, what is wrong with it, and what of that is said yet. */
export function useModelForm(inspection: Inspection, project: Project, models: readonly Model[]) {
  const { t } = useWords()
  const [draft, setDraft] = useState(() => draftOf(inspection))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [tried, setTried] = useState(false)
  const { classes } = draft
  const colourOf = useMemo(
    () => classColours({ classes: project.classes, colours: project.colours }, classesOf(classes)),
    [project.classes, project.colours, classes]
  )
  const parsed = modelSpec.safeParse(specOf(draft))
  const issues = issuesByPath(t, parsed.error)
  const task = draft.family && taskOf(draft.family, draft.task)
  const found: Record<string, string> = {
    ...issues,
    ...(classesOf(draft.classes).length === 0 && { classes: t('models.noClasses') }),
    ...(task &&
      task !== project.task && {
        family: t('models.otherTask', {
          task: t(`tasks.${task}`),
          project: project.name,
          its: t(`tasks.${project.task}`)
        })
      })
  }
  const errors: Record<string, string> = Object.fromEntries(
    Object.entries(found).filter(([path]) => tried || left.has(fieldOf(path)))
  )
  return {
    inspection,
    draft,
    setDraft: (part: Partial<ModelDraft>) => setDraft((now) => ({ ...now, ...part })),
    errors,
    /** Colours of the project's classes, then of those that the model brings. */
    colourOf,
    /** The error of a field, also where only one of its values is wrong. */
    errorOf: (path: string) => Object.entries(errors).find(([at]) => fieldOf(at) === path)?.[1],
    leave: (path: string) => setLeft((now) => new Set(now).add(path)),
    /** What it is tried with: its name does not matter yet. Null while something is missing. */
    trialSpec: modelSpec.safeParse({ ...specOf(draft), name: 'trial', version: '1' }).data ?? null,
    missing: Object.keys(issues).filter((path) => path !== 'name' && path !== 'version').length,
    added: [...new Set(classesOf(draft.classes))].filter((name) => !project.classes.includes(name)),
    nameTaken: models.some(({ spec }) => spec.name.toLowerCase() === draft.name.trim().toLowerCase()),
    /** The spec to save, or null where something is wrong; then all errors are shown. */
    submit: () => {
      setTried(true)
      return Object.keys(found).length === 0 && parsed.success ? parsed.data : null
    }
  }
}

export type ModelFormState = ReturnType<typeof useModelForm>

/** The field in which an issue is shown: `input.mean.1` belongs to `input.mean`. */
const fieldOf = (path: string) => path.replace(/(\.\d+)+$/, '')

/** What the host refused, by the field that it names. */
export function refusedFields(error: Error | null): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {}
  const fields = error.problem.fields ?? []
  return Object.fromEntries(fields.map(({ path, message }) => [path.replace(/^spec\./, ''), message]))
}
