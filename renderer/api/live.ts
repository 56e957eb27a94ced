import { createContext, useContext, useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import { routes, type LatestPrediction, type LogRecord } from '../../main/contract/index.ts'
import { call } from './call.ts'
import { createLiveStore, type LiveState, type LiveStore } from './eventStore.ts'

/** The live store of this window. */
export const LiveContext = createContext<LiveStore>(createLiveStore())

/** A part of the live state; the component renders when that part changes. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useStore(useContext(LiveContext), select)
}

/** All inferences, or a project's, by name; the order does not depend on anything live. */
export function useInferences(project?: string) {
  const bySlug = useLive((state) => state.inferences)
  return useMemo(() => {
    const all = Object.values(bySlug).filter((item) => !project || item.project.id === project)
    return all.sort((a, b) => a.name.localeCompare(b.name))
  }, [bySlug, project])
}

/** One inference as it is now. */
export function useInference(slug: string) {
  return useLive((state) => state.inferences[slug])
}

const noPredictions: LatestPrediction[] = []
const noLines: LogRecord[] = []

/** The run's last predictions, the newest first. */
export function useLatest(slug: string, run: string | undefined) {
  const live = useLive((state) => state.latest[slug]) ?? noPredictions
  const { data } = useQuery({
    queryKey: ['latest', slug, run],
    queryFn: ({ signal }) => call(routes.latest, { params: { slug } }, signal),
    staleTime: Infinity
  })
  return useMemo(() => {
    const all = [...live, ...(data?.items ?? [])]
    const unique = new Map(all.toReversed().map((item) => [item.requestId, item]))
    return [...unique.values()].toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, 20)
  }, [live, data])
}

/** The last lines about the inference, the oldest first. */
export function useLastLines(slug: string, count: number) {
  const live = useLive((state) => state.lines)
  const { data } = useQuery({
    queryKey: ['logs', slug],
    queryFn: ({ signal }) => call(routes.inferenceLogs, { params: { slug } }, signal)
  })
  return useMemo(() => {
    const stored = data?.items ?? noLines
    const last = stored.at(-1)?.seq ?? 0
    const fresh = live.filter((line) => line.inference === slug && line.seq > last)
    return [...stored, ...fresh].slice(-count)
  }, [live, data, slug, count])
}
