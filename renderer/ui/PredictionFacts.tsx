import { memo } from 'react'
import type { Prediction } from '../../main/contract/index.ts'
import type { ColourOf } from './classColours.ts'
import { formatArea, formatConfidence, formatNumber } from './format.ts'
import { useWords, type Words } from './words/useWords.ts'
import styles from './PredictionFacts.module.css'

interface PredictionFactsProps {
  prediction: Prediction
  colourOf: ColourOf
}

/** A prediction in a line: class, whether it is unknown, the size thresholds that it meets, size and confidence. */
export const PredictionFacts = memo(function PredictionFacts({ prediction, colourOf }: PredictionFactsProps) {
  const { t } = useWords()
  return (
    <>
      <span className={styles.swatch} style={{ background: colourOf(prediction.class) }} />
      <span className={styles.class}>{prediction.class}</span>
      {prediction.unknown && <span className={styles.unknown}>{t('labels.unknown')}</span>}
      {prediction.sizeThresholds?.map(({ name, metadata }) => (
        <span key={name} className={styles.badge} title={metadataLines(metadata)}>
          {name}
        </span>
      ))}
      <span className={styles.size}>{sizeWords(t, prediction)}</span>
      <span className={styles.conf}>{formatConfidence(prediction.confidence)}</span>
    </>
  )
})

/** Its area where it has a mask, else the sides of its box. */
function sizeWords(t: Words, { mask, rotatedBox, box }: Prediction): string {
  if (mask) return formatArea(mask.areaPx)
  const sides = rotatedBox ?? box
  return sides ? t('sample.box', { width: formatNumber(sides.width), height: formatNumber(sides.height) }) : ''
}

const metadataLines = (metadata: Record<string, string>) =>
  Object.entries(metadata)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n') || undefined
