import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import type { Trial } from '../../main/contract/index.ts'
import { ChooseFile } from '../ui/ChooseFile.tsx'
import type { ColourOf } from '../ui/classColours.ts'
import { cx } from '../ui/cx.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatMs, sentence } from '../ui/format.ts'
import { MarkRows } from '../ui/picture/MarkRows.tsx'
import { PictureView } from '../ui/picture/PictureView.tsx'
import { PredictionFacts } from '../ui/PredictionFacts.tsx'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import type { ModelFormState } from './useModelForm.ts'
import type { ModelTrial } from './useModelTrial.ts'
import type { TrialPicture } from '../api/useTrialPicture.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

interface TrialPanelProps {
  form: ModelFormState
  picture: TrialPicture | null
  onPicture: (file: File) => void
  trial: ModelTrial
  /** Saving was tried before a trial had run. */
  isWanted: boolean
}

/** A picture with what the model finds on it, as it is described now. */
export function TrialPanel(props: TrialPanelProps) {
  const { t } = useWords()
  const { form, picture, onPicture, trial } = props
  const { colourOf } = form
  const [highlighted, setHighlighted] = useState<number | null>(null)
  return (
    <DropZone hint={t('models.dropPicture')} onFile={onPicture}>
      <Panel
        label={t('models.trial')}
        title={<Heading picture={picture} trial={trial} />}
        actions={picture && <PictureButton variant="subtle" onPicture={onPicture} />}
      >
        <div className={styles.trialPicture}>
          {picture ? (
            <Shown
              picture={picture}
              trial={trial}
              colourOf={colourOf}
              highlighted={highlighted}
              onHighlight={setHighlighted}
            />
          ) : (
            <div className={styles.noPicture}>
              <EmptyState
                title={t('models.noPicture')}
                text={t('models.noPictureText')}
                action={<PictureButton variant="default" onPicture={onPicture} />}
              />
            </div>
          )}
        </div>
        {props.isWanted && form.trialSpec && !trial.isCurrent && !trial.error && (
          <p className={styles.trouble} role="alert">
            {t(picture ? 'models.trialFirst' : 'models.pictureFirst')}
          </p>
        )}
        <Trouble form={form} picture={picture} trial={trial} />
        {trial.result && (
          <Found
            trial={trial.result}
            isOld={!trial.isCurrent}
            colourOf={colourOf}
            highlighted={highlighted}
            onHighlight={setHighlighted}
          />
        )}
      </Panel>
    </DropZone>
  )
}

function Heading({ picture, trial }: { picture: TrialPicture | null; trial: ModelTrial }) {
  const { t } = useWords()
  return (
    <>
      <h2 className={layout.panelTitle}>{t('models.trial')}</h2>
      <span className={cx(layout.muted, styles.pictureName)}>{picture?.name}</span>
      {trial.isBusy && picture && (
        <>
          <Loader size={14} role="img" flex="none" aria-label={t('models.trying')} />
          <Button variant="subtle" size="compact-md" flex="none" onClick={trial.cancel}>
            {t('ui.cancel')}
          </Button>
        </>
      )}
    </>
  )
}

function PictureButton({ variant, onPicture }: { variant: string; onPicture: (file: File) => void }) {
  const { t } = useWords()
  return (
    <ChooseFile
      accept="image/*"
      label={t('models.choosePicture')}
      inputLabel={t('models.choosePictureInput')}
      onFile={onPicture}
      button={{ variant, size: 'compact-md' }}
    />
  )
}

interface ShownProps {
  picture: TrialPicture
  trial: ModelTrial
  colourOf: ColourOf
  highlighted: number | null
  onHighlight: (index: number | null) => void
}

function Shown({ picture, trial, colourOf, highlighted, onHighlight }: ShownProps) {
  const { result, isCurrent } = trial
  if (!result) return <img className={styles.plainPicture} src={picture.src} alt={picture.name} />
  return (
    <div className={cx(styles.drawn, !isCurrent && styles.old)}>
      <PictureView
        picture={{ src: picture.src, image: result.image, predictions: result.predictions }}
        colourOf={colourOf}
        highlighted={highlighted}
        onHover={onHighlight}
      />
    </div>
  )
}

/** What keeps the trial from being one, in a sentence. */
function Trouble({ form, picture, trial }: Pick<TrialPanelProps, 'form' | 'picture' | 'trial'>) {
  const { t } = useWords()
  if (!form.trialSpec && form.missing > 0)
    return <p className={styles.note}>{t('models.fillIn', { count: form.missing })}</p>
  if (!picture) return null
  if (trial.isCancelled) {
    return (
      <p className={styles.note}>
        {t('models.trialCancelled')}{' '}
        <Button variant="subtle" size="compact-md" onClick={trial.again}>
          {t('models.tryAgain')}
        </Button>
      </p>
    )
  }
  if (!trial.error) return null
  return (
    <p className={styles.trouble} role="alert">
      {sentence(errorWords(t, trial.error) ?? '')}
    </p>
  )
}

const mostShown = 60

interface FoundProps {
  trial: Trial
  isOld: boolean
  colourOf: ColourOf
  highlighted: number | null
  onHighlight: (index: number | null) => void
}

function Found({ trial, isOld, colourOf, highlighted, onHighlight }: FoundProps) {
  const { t } = useWords()
  const { predictions, timing, image } = trial
  const { decodeMs, preprocessMs, inferMs, postprocessMs } = timing
  const stages = [
    ['decode', decodeMs],
    ['preprocess', preprocessMs],
    ['infer', inferMs],
    ['postprocess', postprocessMs],
    ['total', decodeMs + preprocessMs + inferMs + postprocessMs]
  ] as const
  return (
    <div className={cx(isOld && styles.old)} aria-busy={isOld}>
      <MarkRows
        label={t('details.found')}
        rows={predictions.slice(0, mostShown).map((prediction, index) => ({ prediction, index }))}
        highlighted={highlighted}
        onHighlight={onHighlight}
        className={styles.foundRows}
        end={predictions.length === 0 && <li>{t('models.nothingFound')}</li>}
      >
        {(prediction) => <PredictionFacts prediction={prediction} colourOf={colourOf} />}
      </MarkRows>
      <div className={styles.timings} data-testid="trial">
        <span>{t('picture.found', { count: predictions.length })}</span>
        <span>{t('sample.box', { width: image.width, height: image.height })}</span>
        {stages.map(([stage, value]) => (
          <span key={stage}>{t(`timing.${stage}`, { value: formatMs(value) })}</span>
        ))}
      </div>
    </div>
  )
}
