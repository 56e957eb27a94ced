import type { RawPrediction } from './family.ts'

/**
 * The score above which (strictly) a family decodes, so that candidates from `candidateFloor` on, itself included, are
 * seen beside what is above the confidence floor. Never below 0: rows of zeros are no findings.
 */
export function lowerFloor(confidence: number, candidateFloor: number | undefined): number {
  if (candidateFloor === undefined || candidateFloor > confidence) return confidence
  return Math.max(0, candidateFloor - Number.EPSILON)
}

/** The prediction, marked as a candidate where it is not above the confidence floor. */
export function flagged(prediction: RawPrediction, confidence: number): RawPrediction {
  return prediction.confidence > confidence ? prediction : { ...prediction, candidate: true }
}
