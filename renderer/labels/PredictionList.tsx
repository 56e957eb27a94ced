import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatNumber } from '../ui/format.ts'
import { MarkRows, type MarkRow } from '../ui/picture/MarkRows.tsx'
import { PredictionFacts } from '../ui/PredictionFacts.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

interface PredictionListProps {
  predictions: readonly Prediction[]
  colourOf: ColourOf
  highlighted: number | null
  onHighlight: (index: number | null) => void
}

/** The predictions in the answer's order, then the candidates; a row and its mark in the picture lift each other. */
export function PredictionList(props: PredictionListProps) {
  const { t } = useWords()
  const rows = props.predictions.map((prediction, index) => ({ prediction, index }))
  const answered = rows.filter(({ prediction }) => !prediction.candidate)
  const candidates = rows.filter(({ prediction }) => prediction.candidate)
  return (
    <>
      <section>
        <h2>
          {t('sample.predictions')} {formatNumber(answered.length)}
        </h2>
        {answered.length === 0 && <p className={layout.muted}>{t('labels.nothing')}</p>}
        {answered.length > 0 && <Rows {...props} label={t('sample.predictions')} rows={answered} />}
      </section>
      {candidates.length > 0 && (
        <section className={styles.candidates}>
          <h2>
            {t('sample.candidates')} {formatNumber(candidates.length)}
          </h2>
          <p>{t('sample.candidatesHelp')}</p>
          <Rows {...props} label={t('sample.candidates')} rows={candidates} />
        </section>
      )}
    </>
  )
}

interface RowsProps extends Omit<PredictionListProps, 'predictions'> {
  label: string
  rows: readonly MarkRow[]
}

function Rows({ label, rows, colourOf, highlighted, onHighlight }: RowsProps) {
  return (
    <MarkRows
      label={label}
      rows={rows}
      highlighted={highlighted}
      onHighlight={onHighlight}
      className={styles.predictions}
    >
      {(prediction) => <PredictionFacts prediction={prediction} colourOf={colourOf} />}
    </MarkRows>
  )
}
