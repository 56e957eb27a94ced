import type { Prediction } from '../contract/prediction.ts'
import type { SizeThreshold } from '../contract/setup.ts'

/**
 * Adds to each prediction the names and metadata of the size thresholds that its mask's area meets (F9), in the order
 * of the setup; what has no mask meets none. Areas are px at the original resolution.
 * @param thresholds Undefined where the setup measures no sizes: nothing is added.
 */
export function measured(predictions: Prediction[], thresholds: readonly SizeThreshold[] | undefined): Prediction[] {
  if (!thresholds) return predictions
  return predictions.map((prediction) => {
    const met = thresholds.filter((threshold) => meets(prediction, threshold))
    return { ...prediction, sizeThresholds: met.map(({ name, metadata }) => ({ name, metadata })) }
  })
}

/** Inclusive at both ends. */
function meets(prediction: Prediction, { classes, operator, value, secondValue = Infinity }: SizeThreshold): boolean {
  const area = prediction.mask?.areaPx
  if (area === undefined || !classes.includes(prediction.class)) return false
  if (operator === 'lte') return area <= value
  return area >= value && (operator === 'gte' || area <= secondValue)
}
