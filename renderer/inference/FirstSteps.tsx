import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useStart } from '../api/actions.ts'
import { useLatest } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import { Hint } from '../ui/Hint.tsx'
import { useHints } from '../ui/hints.ts'
import { toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'

const onItsWay: readonly Inference['status'][] = ['queued', 'preparing']

/** Whether the hint with the button *Run it* is on the page. It stays until the inference is healthy: nothing jumps. */
export function useRunHint({ project, status }: Inference) {
  const settings = useSettings()
  const [{ step }] = useHints()
  const isDue = status === 'stopped' || onItsWay.includes(status)
  return step === 'run' && isDue && settings.data?.sampleProject === project.id
}

/** The first start's hints, in place: run the sample inference, give it a picture, see the first sample. */
export function FirstSteps({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const settings = useSettings()
  const [{ step }, pass] = useHints()
  const asksToRun = useRunHint(inference)
  const { status, figures, project } = inference
  const here = settings.data?.sampleProject === project.id
  useEffect(() => {
    if (here && status === 'healthy') pass('run')
    if (here && figures.recorded > 0) pass('try')
  }, [here, status, figures.recorded, pass])
  if (!here) return null
  if (asksToRun) return <RunHint inference={inference} onClose={() => pass('run')} />
  if (step === 'try' && status === 'healthy') return <Hint text={t('hints.try')} onClose={() => pass('try')} />
  if (step === 'sample') return <SampleHint inference={inference} onClose={() => pass('sample')} />
  return null
}

function RunHint({ inference, onClose }: { inference: Inference; onClose: () => void }) {
  const { t } = useWords()
  const start = useStart()
  const failed = (error: Error) => toastError(t('center.runFailed', { name: inference.name }), error)
  const run = () => start.mutate(inference.slug, { onError: failed })
  const isStarting = start.isPending || onItsWay.includes(inference.status)
  return (
    <Hint
      text={t(isStarting ? 'hints.starting' : 'hints.run')}
      action={
        <Button loading={isStarting} onClick={run}>
          {t('hints.runIt')}
        </Button>
      }
      onClose={onClose}
    />
  )
}

function SampleHint({ inference, onClose }: { inference: Inference; onClose: () => void }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { project, run, slug } = inference
  const sample = useLatest(slug, run?.id).findLast((item) => item.sample !== null)?.sample
  if (!sample || !run) return null
  const see = () => {
    onClose()
    void navigate(`/projects/${project.id}/samples/${sample}?import=${run.importId}`)
  }
  return (
    <Hint
      text={t('hints.sample')}
      action={
        <Button variant="outline" onClick={see}>
          {t('hints.seeSample')}
        </Button>
      }
      onClose={onClose}
    />
  )
}
