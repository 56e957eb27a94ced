import { useTranslation } from 'react-i18next'
import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatConfidence, formatNumber } from '../ui/format.ts'
import layout from '../ui/layout.module.css'
import styles from './labels.module.css'

interface PredictionListProps {
  predictions: readonly Prediction[]
  colourOf: ColourOf
  highlighted: number | null
  onHighlight: (index: number | null) => void
}

/** The predictions in the answer's order; a row and its box lift each other. */
export function PredictionList({ predictions, colourOf, highlighted, onHighlight }: PredictionListProps) {
  const { t } = useTranslation()
  return (
    <section>
      <h2>
        {t('sample.predictions')} {formatNumber(predictions.length)}
      </h2>
      {predictions.length === 0 && <p className={layout.muted}>{t('labels.nothing')}</p>}
      <ul className={styles.predictions}>
        {predictions.map((prediction, index) => (
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
              <span className={styles.swatch} style={{ background: colourOf(prediction.class) }} />
              {prediction.class}
              {prediction.unknown && <span className={styles.unknown}>{t('labels.unknown')}</span>}
              <span className={styles.area}>
                {prediction.box &&
                  t('sample.box', {
                    width: formatNumber(prediction.box.width),
                    height: formatNumber(prediction.box.height)
                  })}
              </span>
              <span className={styles.conf}>{formatConfidence(prediction.confidence)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
