import { estimateQuestion, familyParameters, type EstimateQuestion } from '../../main/contract/index.ts'
import { samplingOf } from './samplingDraft.ts'
import { readThreshold } from './sizesDraft.ts'
import { classThresholdsOf } from './thresholdsDraft.ts'
import type { SetupForm } from './useSetupForm.ts'

/**
 * What of a draft says how much is recorded and unknown; size thresholds that are not complete yet are left out. Null
 * while something else of it cannot be read.
 * @param slug Of the inference that is changed; none for a new one.
 */
export function estimateQuestionOf(
  { draft, model }: Pick<SetupForm, 'draft' | 'model'>,
  slug: string | undefined
): EstimateQuestion | null {
  const parameters = model && familyParameters[model.spec.family].safeParse(draft.parameters)
  if (!parameters?.success) return null
  const { on, thresholds } = draft.sizes
  const question = estimateQuestion.safeParse({
    model: draft.model,
    inference: slug,
    parameters: parameters.data,
    sizeMeasurement: { enabled: on, thresholds: thresholds.flatMap((one) => readThreshold(one) ?? []) },
    sampling: samplingOf(draft.sampling),
    classThresholds: classThresholdsOf(draft.classThresholds)
  })
  return question.data ?? null
}
