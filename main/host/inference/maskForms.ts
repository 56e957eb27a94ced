import type { Prediction, PredictQuery } from '../../contract/index.ts'

/** The predictions with their masks as they were asked for. */
export function withMasks(predictions: readonly Prediction[], form: PredictQuery['masks']): Prediction[] {
  return predictions.map((prediction) => {
    const { mask, ...others } = prediction
    if (!mask) return prediction
    const { areaPx, polygons, rle } = mask
    if (form === 'polygon' && polygons) return { ...others, mask: { areaPx, polygons } }
    if (form === 'rle' && rle) return { ...others, mask: { areaPx, rle } }
    return others
  })
}
