import { useLive } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import type { Draft } from './draft.ts'
import { slugOf } from './slugOf.ts'

/** Where the inference will answer: at the slug that was typed, its present one, or the one that its name will get. */
export function useEndpoint(draft: Draft, slug: string | undefined) {
  const inferences = useLive((state) => state.inferences)
  const { data } = useSettings()
  const used = draft.slug ?? slug ?? slugOf(draft.name, (candidate) => candidate in inferences)
  return { slug: used, endpoint: `${data?.url ?? ''}/v1/inferences/${used}/predict` }
}
