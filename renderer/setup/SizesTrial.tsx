import { Loader } from '@mantine/core'
import { useMemo, useState } from 'react'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import {
  meetsThreshold,
  type Prediction,
  type Project,
  type SizeThreshold,
  type Trial
} from '../../main/contract/index.ts'
import { useProject } from '../api/queries.ts'
import { useTrialPicture } from '../api/useTrialPicture.ts'
import { ChooseFile } from '../ui/ChooseFile.tsx'
import { useClassColours, type ColourOf } from '../ui/classColours.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatArea, sentence } from '../ui/format.ts'
import { MarkRows } from '../ui/picture/MarkRows.tsx'
import { PictureView } from '../ui/picture/PictureView.tsx'
import { AreasHistogram } from './AreasHistogram.tsx'
import { readThreshold, type ThresholdDraft } from './sizesDraft.ts'
import { useSizesTrial } from './useSizesTrial.ts'
import type { SetupForm } from './useSetupForm.ts'
import styles from './sizes.module.css'

interface SizesTrialProps {
  form: SetupForm
  /** The threshold that is open. */
  active: ThresholdDraft | undefined
}

/** A picture on which the thresholds are seen at work, and the areas that were recorded so far. */
export function SizesTrial(props: SizesTrialProps) {
  const { data: project } = useProject(props.form.project)
  return project ? <TrialOf {...props} project={project} /> : null
}

function TrialOf({ form, active, project }: SizesTrialProps & { project: Project }) {
  const { t } = useWords()
  const { picture, choose } = useTrialPicture(project)
  const { trial, error, isBusy } = useSizesTrial(form, picture)
  const colourOf = useClassColours(project)
  return (
    <div className={styles.trial} role="group" aria-label={t('setup.sizes.try')}>
      <DropZone hint={t('models.dropPicture')} onFile={choose}>
        <div className={styles.trialHead}>
          <h3>{t('setup.sizes.try')}</h3>
          {isBusy && <Loader size={14} aria-label={t('models.trying')} />}
          <ChooseFile
            accept="image/*"
            label={t('setup.sizes.choose')}
            inputLabel={t('models.choosePictureInput')}
            onFile={choose}
            button={{ variant: 'default', size: 'compact-md', ml: 'auto' }}
          />
        </div>
        {picture ? (
          <Tried form={form} active={active} trial={trial} src={picture.src} name={picture.name} colourOf={colourOf} />
        ) : (
          <EmptyState title={t('models.noPicture')} text={t('setup.sizes.noPicture')} />
        )}
        {error && (
          <p className={styles.trouble} role="alert">
            {sentence(errorWords(t, error) ?? '')}
          </p>
        )}
      </DropZone>
      {active && <AreasHistogram form={form} threshold={active} />}
    </div>
  )
}

interface TriedProps extends SizesTrialProps {
  trial: Trial | undefined
  src: string
  name: string
  colourOf: ColourOf
}

function Tried({ form, active, trial, src, name, colourOf }: TriedProps) {
  const { t } = useWords()
  const [highlighted, setHighlighted] = useState<number | null>(null)
  const { thresholds } = form.draft.sizes
  const rules = useMemo(() => thresholds.flatMap((one) => readThreshold(one) ?? []), [thresholds])
  const predictions = trial?.predictions
  const filled = useMemo(() => {
    const wanted = active ? [readThreshold(active)].filter((rule) => rule !== null) : rules
    return predictions?.map((one) => wanted.some((rule) => meetsThreshold(one, rule)))
  }, [predictions, active, rules])
  if (!trial || !filled) return <img className={styles.plain} src={src} alt={name} />
  return (
    <>
      <div className={styles.picture}>
        <PictureView
          picture={{ src, image: trial.image, predictions: trial.predictions }}
          colourOf={colourOf}
          highlighted={highlighted}
          onHover={setHighlighted}
          labelOf={areaLabel}
          filled={filled}
        />
      </div>
      <MarkRows
        label={t('details.found')}
        rows={trial.predictions.slice(0, mostShown).map((prediction, index) => ({ prediction, index }))}
        highlighted={highlighted}
        onHighlight={setHighlighted}
        className={styles.found}
        rowClass={(index) => (filled[index] ? styles.meets : undefined)}
        end={trial.predictions.length === 0 && <li>{t('picture.found', { count: 0 })}</li>}
      >
        {(prediction) => <Found prediction={prediction} rules={rules} colourOf={colourOf} />}
      </MarkRows>
    </>
  )
}

const mostShown = 60

const areaLabel = ({ mask }: Prediction) => (mask ? formatArea(mask.areaPx) : '')

interface FoundProps {
  prediction: Prediction
  rules: readonly SizeThreshold[]
  colourOf: ColourOf
}

/** A detection with its area and all thresholds that it meets. */
function Found({ prediction, rules, colourOf }: FoundProps) {
  return (
    <>
      <span className={styles.swatch} style={{ background: colourOf(prediction.class) }} />
      <span>{prediction.class}</span>
      <span className={styles.area}>{areaLabel(prediction)}</span>
      {rules
        .filter((rule) => meetsThreshold(prediction, rule))
        .map(({ name }) => (
          <span key={name} className={styles.badge}>
            {name}
          </span>
        ))}
    </>
  )
}
