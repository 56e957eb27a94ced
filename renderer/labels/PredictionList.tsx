import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatNumber } from '../ui/format.ts'
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
        <Rows {...props} rows={answered} />
      </section>
      {candidates.length > 0 && (
        <section className={styles.candidates}>
          <h2>
            {t('sample.candidates')} {formatNumber(candidates.length)}
          </h2>
          <p>{t('sample.candidatesHelp')}</p>
          <Rows {...props} rows={candidates} />
        </section>
      )}
    </>
  )
}

function Rows(props: Omit<PredictionListProps, 'predictions'> & { rows: { prediction: Prediction; index: number }[] }) {
  const { rows, colourOf, highlighted, onHighlight } = props
  return (
    <ul className={styles.predictions}>
      {rows.map(({ prediction, index }) => (
        <li key={index}>
          <button
            type="button"
            className={styles.prediction}
            data-on={highlighted === index}
            onPointerEnter={() => onHighlight(index)}
            onPointerLeave={() => onHighlight(null)}
            onFocus={() => onHighlight(index)}
            onBlur={() => onHighlight(null)}
          >
            <PredictionFacts prediction={prediction} colourOf={colourOf} />
          </button>
        </li>
      ))}
    </ul>
  )
}
