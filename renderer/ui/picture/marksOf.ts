import type { Prediction } from '../../../main/contract/index.ts'
import type { ColourOf } from '../classColours.ts'
import { formatConfidence } from '../format.ts'
import { shapeOf, type Shape } from './shapes.ts'

/** A prediction as it is drawn. */
export interface Mark {
  /** Among the predictions. */
  index: number
  prediction: Prediction
  shape: Shape
  colour: string
  /** What its label says, and what where there is no room for that. */
  full: string
  short: string
}

/** In place of class and confidence. */
export type LabelOf = (prediction: Prediction) => string

/** The large ones first, so that a small one within them can be pointed at. */
export function marksOf(
  predictions: readonly Prediction[],
  colourOf: ColourOf,
  masks: boolean,
  labelOf: LabelOf | undefined
): Mark[] {
  const marks = predictions.flatMap((prediction, index) => {
    const shape = shapeOf(prediction, masks)
    if (!shape) return []
    return [{ index, prediction, shape, colour: colourOf(prediction.class), ...wordsOf(prediction, labelOf) }]
  })
  return marks.sort((a, b) => areaOf(b) - areaOf(a))
}

const areaOf = ({ shape: { bounds } }: Mark) => bounds.width * bounds.height

function wordsOf(prediction: Prediction, labelOf: LabelOf | undefined) {
  if (labelOf) return { full: labelOf(prediction), short: labelOf(prediction) }
  const short = `${prediction.unknown ? '? ' : ''}${formatConfidence(prediction.confidence)}`
  return { full: `${prediction.class} ${short}`, short }
}
