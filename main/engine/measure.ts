import type { Prediction } from '../contract/prediction.ts'
import { meetsThreshold, type SizeThreshold } from '../contract/setup.ts'

/**
 * Adds to each prediction the names and metadata of the size thresholds that its mask's area meets (F9), in the order
 * of the setup; what has no mask meets none. Areas are px at the original resolution.
 * @param thresholds Undefined where the setup measures no sizes: nothing is added.
 */
export function measured(predictions: Prediction[], thresholds: readonly SizeThreshold[] | undefined): Prediction[] {
  if (!thresholds) return predictions
  return predictions.map((prediction) => {
    const met = thresholds.filter((threshold) => meetsThreshold(prediction, threshold))
    return { ...prediction, sizeThresholds: met.map(({ name, metadata }) => ({ name, metadata })) }
  })
}
