import { useDebouncedValue } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTrial } from '../api/queries.ts'
import type { ModelFormState } from './useModelForm.ts'
import type { TrialPicture } from '../api/useTrialPicture.ts'

/** Long enough that a number is typed to its end before it is tried. */
const restMs = 500

/** What the model as it is described now finds on a picture: tried anew after every change. */
export function useModelTrial(form: ModelFormState, picture: TrialPicture | null) {
  const queries = useQueryClient()
  const { uploadId } = form.inspection
  // Equal as text: what is typed elsewhere in the form makes no new trial.
  const given = JSON.stringify({ uploadId, spec: form.trialSpec })
  const [rested] = useDebouncedValue(given, restMs)
  const { trialSpec } = form
  const asked = picture && trialSpec && rested === given ? `${picture.key}\n${given}` : null
  const [cancelled, setCancelled] = useState<string | null>(null)
  const isCancelled = asked !== null && asked === cancelled
  const query = useTrial(
    picture && trialSpec && asked && !isCancelled
      ? { uploadId, spec: trialSpec, image: picture.data, imageKey: picture.key }
      : null
  )
  const result = query.data?.imageKey === picture?.key ? query.data : undefined
  return {
    result,
    error: query.error,
    isBusy: query.isFetching || (picture !== null && trialSpec !== null && rested !== given),
    isCancelled,
    /** The result belongs to what the form says now. */
    isCurrent: asked !== null && !isCancelled && query.isSuccess && !query.isPlaceholderData && result !== undefined,
    cancel: () => {
      setCancelled(asked)
      void queries.cancelQueries({ queryKey: ['trial'] })
    },
    again: () => setCancelled(null)
  }
}

export type ModelTrial = ReturnType<typeof useModelTrial>
