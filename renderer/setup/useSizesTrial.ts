import { useDebouncedValue } from '@mantine/hooks'
import { familyParameters } from '../../main/contract/index.ts'
import { useModelTry } from '../api/queries.ts'
import type { TrialPicture } from '../api/useTrialPicture.ts'
import type { SetupForm } from './useSetupForm.ts'

/** Long enough that a number is typed to its end before it is tried. */
const restMs = 500

/** What the chosen model finds on a picture with the setup's parameters; tried anew when any of these changes. */
export function useSizesTrial({ model, draft }: SetupForm, picture: TrialPicture | null) {
  const isRight = model && familyParameters[model.spec.family].safeParse(draft.parameters).success
  const [parameters] = useDebouncedValue(isRight ? JSON.stringify(draft.parameters) : null, restMs)
  const query = useModelTry(
    model && picture && parameters !== null
      ? { model: model.id, parameters, image: picture.data, imageKey: picture.key }
      : null
  )
  const trial = query.data?.imageKey === picture?.key ? query.data : undefined
  return { trial, error: query.error, isBusy: query.isFetching }
}
