import { useSearchParams } from 'react-router'
import { inferenceStatus, type Inference, type InferenceStatus } from '../../main/contract/index.ts'

export interface CenterFilter {
  status: InferenceStatus | undefined
  text: string
  /** As it stands in the address, with its question mark; empty where all are shown. */
  search: string
  set: (key: 'status' | 'find', value: string) => void
  clear: () => void
  /** What it lets through, those in the queue in its order where only they are shown. */
  of: (all: readonly Inference[]) => Inference[]
}

/** The filter stands in the address, so that it can be linked. */
export function useCenterFilter(): CenterFilter {
  const [query, setQuery] = useSearchParams()
  const status = inferenceStatus.safeParse(query.get('status')).data
  const text = query.get('find') ?? ''
  const search = query.toString()
  const keeps = (item: Inference) =>
    (!status || item.status === status) &&
    `${item.name} ${item.model.name} ${item.project.name}`.toLowerCase().includes(text.trim().toLowerCase())
  return {
    status,
    text,
    search: search ? `?${search}` : '',
    set: (key, value) =>
      setQuery(
        (now) => {
          now.delete(key)
          if (value) now.set(key, value)
          return now
        },
        { replace: true }
      ),
    clear: () => setQuery({}, { replace: true }),
    of: (all) => {
      const kept = all.filter(keeps)
      return status === 'queued' ? kept.toSorted((a, b) => placeOf(a) - placeOf(b)) : kept
    }
  }
}

const placeOf = ({ queue }: Inference) => queue?.place ?? Infinity
