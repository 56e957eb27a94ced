import { Badge, Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconPlayerPlay } from '@tabler/icons-react'
import { memo, useCallback, useDeferredValue, useEffect, useRef, useState, type RefObject } from 'react'
import { useNavigate } from 'react-router'
import type { Model, NewSetup } from '../../main/contract/index.ts'
import { useChangeSetup, useCreateInference, useStart } from '../api/actions.ts'
import { cx } from '../ui/cx.ts'
import { toast, toastError } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import type { Draft } from './draft.ts'
import { ClassThresholdsSection } from './ClassThresholdsSection.tsx'
import { Estimates } from './Estimates.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import { InShort } from './InShort.tsx'
import { LeaveGuard } from './LeaveGuard.tsx'
import { MetadataSection } from './MetadataSection.tsx'
import { ModelSection } from './ModelSection.tsx'
import { OutputsSection } from './OutputsSection.tsx'
import { SamplingSection } from './SamplingSection.tsx'
import { SectionRail } from './SectionRail.tsx'
import { SizesSection } from './SizesSection.tsx'
import { useJumpToError } from './useJumpToError.ts'
import { useSetupForm, type Section } from './useSetupForm.ts'
import { VerdictSection } from './VerdictSection.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

// Each is drawn anew only where its form is another one.
const General = memo(GeneralSection)
const ModelPart = memo(ModelSection)
const Sizes = memo(SizesSection)
const Verdict = memo(VerdictSection)
const Sampling = memo(SamplingSection)
const Metadata = memo(MetadataSection)
const ClassThresholds = memo(ClassThresholdsSection)
const Outputs = memo(OutputsSection)
const Summary = memo(InShort)

interface SetupEditorProps {
  title: string
  project: string
  /** Of the inference that is changed; none for a new one. */
  slug: string | undefined
  initial: Draft
  models: readonly Model[]
}

/** One page with all sections; save and run are always in reach. */
export function SetupEditor(props: SetupEditorProps) {
  const { t } = useWords()
  const form = useSetupForm(props.initial, props.project, props.models, props.slug)
  const measuresSizes = form.sections.includes('sizes')
  // What somebody types is drawn at once where they type, and elsewhere when there is time for it.
  const calm = useDeferredValue(form)
  const formOf = (section: Section) => (form.changing === section ? form : calm)
  const page = useRef<HTMLDivElement>(null)
  const jumpToError = useJumpToError(page, calm === form)
  const { save, busy, saved } = useSave(props, form.refuse, jumpToError)
  const isUnsaved = useUnsaved(form.dirty, saved)
  useDocumentTitle(`${props.title} – Lineside`)

  function submit(run: boolean) {
    const setup = form.submit()
    if (setup) save(setup, run)
    else jumpToError()
  }

  return (
    <div className={cx(layout.screen, styles.page)} ref={page}>
      <header className={cx(layout.head, styles.head)}>
        <h1 className={layout.title}>{props.title}</h1>
        <Badge color="gray" variant="light" radius="sm" tt="none" fw={500}>
          {t('setup.types.apiInference')}
        </Badge>
        <div className={layout.actions}>
          <span className={layout.beside} role="status">
            {form.dirty ? t('setup.changed') : ''}
          </span>
          <Button variant="default" loading={busy === 'save'} onClick={() => submit(false)}>
            {t('setup.save')}
          </Button>
          <Button leftSection={<IconPlayerPlay size={16} />} loading={busy === 'run'} onClick={() => submit(true)}>
            {t('center.runInference')}
          </Button>
        </div>
      </header>
      <Estimates form={calm} slug={props.slug}>
        <div className={styles.layout} data-wide={measuresSizes}>
          <div className={styles.side}>
            <SectionRail form={form} />
            <Summary form={calm} slug={props.slug} />
          </div>
          <div className={styles.sections}>
            <General form={formOf('general')} slug={props.slug} />
            <ModelPart form={formOf('model')} models={props.models} />
            {measuresSizes && <Sizes form={formOf('sizes')} />}
            <Verdict form={formOf('verdict')} />
            <Sampling form={formOf('sampling')} />
            <Metadata form={formOf('metadata')} slug={props.slug} />
            <ClassThresholds form={formOf('classThresholds')} />
            <Outputs form={formOf('outputs')} slug={props.slug} />
          </div>
        </div>
      </Estimates>
      <LeaveGuard active={isUnsaved} />
    </div>
  )
}

/** Tells whether there is something to lose; the same function each time. */
function useUnsaved(dirty: boolean, saved: RefObject<boolean>) {
  const isDirty = useRef(dirty)
  useEffect(() => {
    isDirty.current = dirty
  }, [dirty])
  return useCallback(() => isDirty.current && !saved.current, [saved])
}

function useSave({ project, slug }: SetupEditorProps, refuse: (error: Error) => boolean, jumpToError: () => void) {
  const { t } = useWords()
  const navigate = useNavigate()
  const create = useCreateInference()
  const change = useChangeSetup()
  const start = useStart()
  const saved = useRef(false)
  const [running, setRunning] = useState(false)

  async function saveAnd(setup: NewSetup, run: boolean) {
    setRunning(run)
    const done = slug ? await change.mutateAsync({ slug, body: setup }) : await create.mutateAsync(setup)
    saved.current = true
    if (run)
      await start
        .mutateAsync(done.slug)
        .catch((error: unknown) => toastError(t('center.runFailed', { name: done.name }), error))
    else toast(t('setup.saved', { name: done.name }))
    void navigate(`/projects/${project}/inferences/${done.slug}`)
  }

  function save(setup: NewSetup, run: boolean) {
    saveAnd(setup, run).catch((error: unknown) => {
      if (error instanceof Error && refuse(error)) jumpToError()
      else toastError(t('setup.saveFailed'), error)
    })
  }

  const pending = create.isPending || change.isPending || start.isPending
  const busy = running ? ('run' as const) : ('save' as const)
  return { save, busy: pending ? busy : null, saved }
}
