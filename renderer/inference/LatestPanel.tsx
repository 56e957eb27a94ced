import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { Inference, LatestPrediction, PredictAnswer } from '../../main/contract/index.ts'
import { useTry } from '../api/actions.ts'
import { useLatest } from '../api/live.ts'
import { latestImageUrl } from '../api/urls.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { ChooseFile } from '../ui/ChooseFile.tsx'
import { DropZone } from '../ui/DropZone.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatClock, formatMs } from '../ui/format.ts'
import { PictureView } from '../ui/picture/PictureView.tsx'
import { Panel } from '../ui/Screen.tsx'
import { VerdictPill } from '../ui/VerdictPill.tsx'
import { toastError } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import { FoundList } from './FoundList.tsx'
import { LatestStrip } from './LatestStrip.tsx'
import { RecordNext } from './RecordNext.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

interface Tried {
  name: string
  src: string
  answer: PredictAnswer
}

interface LatestPanelProps {
  inference: Inference
  colourOf: ColourOf
  onTried: () => void
}

/** The newest picture with its predictions, the last twenty below it, and a place to try a picture of one's own. */
export function LatestPanel({ inference, colourOf, onTried }: LatestPanelProps) {
  const { t } = useWords()
  const latest = useLatest(inference.slug, inference.run?.id)
  const [highlighted, setHighlighted] = useState<number | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const { tried, tryPicture, busy, clear } = useTried(inference.slug, onTried)
  const healthy = inference.status === 'healthy'
  const item = latest.find((one) => one.requestId === picked) ?? latest[0]
  const found = (tried?.answer ?? item)?.predictions
  return (
    <DropZone hint={t('details.dropHint')} onFile={tryPicture} disabled={!healthy}>
      <Panel
        label={t('details.latest')}
        title={<Heading tried={tried} item={item} />}
        actions={
          <>
            {tried && (
              <Button variant="subtle" size="compact-md" onClick={clear}>
                {t('details.backToLatest')}
              </Button>
            )}
            <RecordNext inference={inference} disabled={!healthy} />
            <TryButton onFile={tryPicture} disabled={!healthy} busy={busy} />
          </>
        }
      >
        <div className={styles.picture}>
          <Shown
            slug={inference.slug}
            tried={tried}
            item={item}
            colourOf={colourOf}
            healthy={healthy}
            highlighted={highlighted}
            onHover={setHighlighted}
          />
        </div>
        {found && (
          <FoundList predictions={found} colourOf={colourOf} highlighted={highlighted} onHighlight={setHighlighted} />
        )}
        {tried && <TriedLine answer={tried.answer} />}
        {latest.length > 0 && (
          <LatestStrip
            slug={inference.slug}
            items={latest}
            colourOf={colourOf}
            picked={tried ? null : (item?.requestId ?? null)}
            onPick={(id) => {
              clear()
              setPicked(id === latest[0]?.requestId ? null : id)
            }}
          />
        )}
      </Panel>
    </DropZone>
  )
}

function useTried(slug: string, onTried: () => void) {
  const { t } = useWords()
  const [tried, setTried] = useState<Tried | null>(null)
  const attempt = useTry(slug)
  const src = tried?.src
  useEffect(() => {
    if (!src) return
    return () => {
      URL.revokeObjectURL(src)
    }
  }, [src])
  const tryPicture = (file: File) =>
    attempt.mutate(file, {
      onSuccess: (answer) => {
        setTried({ name: file.name, src: URL.createObjectURL(file), answer })
        onTried()
      },
      onError: (error) => toastError(t('details.tryFailed', { name: file.name }), error)
    })
  return { tried, tryPicture, busy: attempt.isPending, clear: () => setTried(null) }
}

function TryButton(props: { onFile: (file: File) => void; disabled: boolean; busy: boolean }) {
  const { t } = useWords()
  return (
    <ChooseFile
      accept="image/*"
      label={t('details.try')}
      inputLabel={t('details.choosePicture')}
      onFile={props.onFile}
      button={{ variant: 'subtle', color: 'gray', size: 'compact-md', disabled: props.disabled, loading: props.busy }}
    />
  )
}

function Heading({ tried, item }: { tried: Tried | null; item: LatestPrediction | undefined }) {
  const { t } = useWords()
  const name = tried ? tried.name : t('details.latest')
  const verdict = (tried?.answer ?? item)?.verdict
  const about = tried
    ? t('details.ms', { value: formatMs(tried.answer.timing.totalMs) })
    : item && `${formatClock(item.at)} · ${t('details.ms', { value: formatMs(item.totalMs) })}`
  return (
    <>
      <h2 className={layout.panelTitle}>{name}</h2>
      <span className={layout.muted}>{about}</span>
      {verdict && <VerdictPill verdict={verdict} />}
    </>
  )
}

function Shown(props: {
  slug: string
  tried: Tried | null
  item: LatestPrediction | undefined
  colourOf: ColourOf
  healthy: boolean
  highlighted: number | null
  onHover: (index: number | null) => void
}) {
  const { t } = useWords()
  const { slug, tried, item } = props
  const picture = tried
    ? { src: tried.src, image: tried.answer.image, predictions: tried.answer.predictions }
    : item && { src: latestImageUrl(slug, item.requestId), image: item.image, predictions: item.predictions }
  if (!picture) {
    return (
      <EmptyState
        title={t('details.nothingYet')}
        text={props.healthy ? t('details.nothingYetHealthy') : t('details.nothingYetStopped')}
      />
    )
  }
  return (
    <PictureView picture={picture} colourOf={props.colourOf} highlighted={props.highlighted} onHover={props.onHover} />
  )
}

function TriedLine({ answer }: { answer: PredictAnswer }) {
  const { t } = useWords()
  const { queueMs, decodeMs, preprocessMs, inferMs, postprocessMs, totalMs } = answer.timing
  const stages = [
    ['queue', queueMs],
    ['decode', decodeMs],
    ['preprocess', preprocessMs],
    ['infer', inferMs],
    ['postprocess', postprocessMs],
    ['total', totalMs]
  ] as const
  return (
    <div className={styles.found} data-testid="tried">
      <span>{t('picture.found', { count: answer.predictions.length })}</span>
      {stages.map(([stage, value]) => (
        <span key={stage}>{t(`timing.${stage}`, { value: formatMs(value) })}</span>
      ))}
    </div>
  )
}
