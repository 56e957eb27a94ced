import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatNumber } from '../ui/format.ts'
import { PredictionFacts } from '../ui/PredictionFacts.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

const shown = 40

interface FoundListProps {
  predictions: readonly Prediction[]
  colourOf: ColourOf
  onHighlight: (index: number | null) => void
}

/** What was found on the picture above, in one row of a fixed height, so that nothing moves as pictures come. */
export function FoundList({ predictions, colourOf, onHighlight }: FoundListProps) {
  const { t } = useWords()
  return (
    <ul className={styles.foundList} tabIndex={0} aria-label={t('details.found')}>
      {predictions.length === 0 && <li>{t('picture.found', { count: 0 })}</li>}
      {predictions.slice(0, shown).map((prediction, index) => (
        <li key={index} onPointerEnter={() => onHighlight(index)} onPointerLeave={() => onHighlight(null)}>
          <PredictionFacts prediction={prediction} colourOf={colourOf} />
        </li>
      ))}
      {predictions.length > shown && (
        <li>{t('details.moreFound', { shown: formatNumber(predictions.length - shown) })}</li>
      )}
    </ul>
  )
}
