import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatNumber } from '../ui/format.ts'
import { MarkRows } from '../ui/picture/MarkRows.tsx'
import { PredictionFacts } from '../ui/PredictionFacts.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

const shown = 40

interface FoundListProps {
  predictions: readonly Prediction[]
  colourOf: ColourOf
  highlighted: number | null
  onHighlight: (index: number | null) => void
}

/** What was found on the picture above, in one row of a fixed height, so that nothing moves as pictures come. */
export function FoundList({ predictions, colourOf, highlighted, onHighlight }: FoundListProps) {
  const { t } = useWords()
  const more = predictions.length - shown
  return (
    <MarkRows
      label={t('details.found')}
      rows={predictions.slice(0, shown).map((prediction, index) => ({ prediction, index }))}
      highlighted={highlighted}
      onHighlight={onHighlight}
      className={styles.foundList}
      across
      end={
        <>
          {predictions.length === 0 && <li>{t('picture.found', { count: 0 })}</li>}
          {more > 0 && <li>{t('details.moreFound', { shown: formatNumber(more) })}</li>}
        </>
      }
    >
      {(prediction) => <PredictionFacts prediction={prediction} colourOf={colourOf} />}
    </MarkRows>
  )
}
