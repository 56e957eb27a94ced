import { useLive } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import { slugOf } from './slugOf.ts'

/** Where the inference will answer: its present slug, or the one that its name will get. */
export function useEndpoint(name: string, slug: string | undefined) {
  const inferences = useLive((state) => state.inferences)
  const { data } = useSettings()
  const used = slug ?? slugOf(name, (candidate) => candidate in inferences)
  return { slug: used, endpoint: `${data?.url ?? ''}/v1/inferences/${used}/predict` }
}
