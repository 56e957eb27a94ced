import { useNavigate, useParams } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { useInference, useLive } from '../api/live.ts'
import { useProject } from '../api/queries.ts'
import { useClassColours } from '../ui/classColours.ts'
import { formatMoment } from '../ui/format.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useHints } from '../ui/hints.ts'
import { useScreenKeys } from '../ui/keys.ts'
import { Screen } from '../ui/Screen.tsx'
import { StatusPill } from '../ui/StatusPill.tsx'
import { StatusReason } from '../ui/StatusReason.tsx'
import layout from '../ui/layout.module.css'
import { CounterPanel } from './CounterPanel.tsx'
import { CallPanel } from './CallPanel.tsx'
import { ChartsPanel } from './ChartsPanel.tsx'
import { FailedPanel } from './FailedPanel.tsx'
import { FirstSteps, useRunHint } from './FirstSteps.tsx'
import { HealthPanel } from './HealthPanel.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import { InferenceMenu } from './InferenceMenu.tsx'
import { InstancesPanel } from './InstancesPanel.tsx'
import { LatestPanel } from './LatestPanel.tsx'
import { LogPanel } from './LogPanel.tsx'
import { NextModelNote } from './NextModelNote.tsx'
import { NumbersStrip } from './NumbersStrip.tsx'
import { RunsPanel } from './RunsPanel.tsx'
import { RunStop } from './RunStop.tsx'
import { ShutdownCountdown } from './ShutdownCountdown.tsx'
import { SetupLines } from './SetupLines.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** One inference: does it run, if not why not, what does it see, and how is it called. */
export function InferenceDetails() {
  const { t } = useWords()
  const { slug = '' } = useParams()
  const inference = useInference(slug)
  const loaded = useLive((state) => state.loaded)
  if (inference) return <Details inference={inference} />
  return loaded ? <EmptyState alone title={t('details.gone')} text={t('details.goneText')} /> : null
}

function Details({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const project = useProject(inference.project.id).data
  const colourOf = useClassColours(project)
  const [, pass] = useHints()
  const runHint = useRunHint(inference)
  const list = `/projects/${inference.project.id}/inferences`
  useScreenKeys([{ key: 'Escape', label: t('keys.back'), act: () => void navigate(list) }])
  return (
    <Screen
      title={inference.name}
      beside={
        <>
          <StatusPill status={inference.status} />
          <span className={layout.beside}>
            {inference.status === 'failed' ? (
              t('status.since', { time: formatMoment(inference.since) })
            ) : (
              <StatusReason inference={inference} />
            )}
            {inference.shutdownAt && inference.status !== 'stopping' && (
              <>
                {' · '}
                <ShutdownCountdown at={inference.shutdownAt} />
              </>
            )}
          </span>
        </>
      }
      actions={
        <>
          <RunStop inference={inference} large quiet={runHint} />
          <InferenceMenu inference={inference} onDeleted={() => void navigate(list)} />
        </>
      }
    >
      <FirstSteps inference={inference} />
      {inference.status === 'failed' && <FailedPanel inference={inference} />}
      <NextModelNote inference={inference} />
      <NumbersStrip inference={inference} />
      <div className={layout.cols}>
        <div className={layout.stack}>
          <LatestPanel inference={inference} colourOf={colourOf} onTried={() => pass('try')} />
          <ChartsPanel slug={inference.slug} />
          <SetupLines inference={inference} />
        </div>
        <div className={layout.stack}>
          <CounterPanel inference={inference} />
          <CallPanel endpoint={inference.endpoint} onCopied={() => pass('try')} />
          <HealthPanel inference={inference} />
          <InstancesPanel inference={inference} />
          <HistoryPanel inference={inference} />
          <RunsPanel inference={inference} />
        </div>
      </div>
      <LogPanel inference={inference} />
    </Screen>
  )
}
