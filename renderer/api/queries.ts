import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { routes } from '../../main/contract/index.ts'
import { call } from './call.ts'

/** Which samples a list or a sample's neighbours are taken from. */
export interface SampleFilter {
  project?: string
  import?: string
  inference?: string
}

export function useProjects() {
  return useQuery({
    queryKey: ['projects'],
    queryFn: ({ signal }) => call(routes.listProjects, {}, signal),
    select: (answer) => answer.items
  })
}

export function useProject(id: string | undefined) {
  return useQuery({
    queryKey: ['projects', id],
    queryFn: ({ signal }) => call(routes.getProject, { params: { id: id ?? '' } }, signal),
    enabled: id !== undefined
  })
}

export function useModels(project: string) {
  return useQuery({
    queryKey: ['models', project],
    queryFn: ({ signal }) => call(routes.listModels, { params: { id: project } }, signal),
    select: (answer) => answer.items
  })
}

export function useSetup(slug: string | undefined) {
  return useQuery({
    queryKey: ['setup', slug],
    queryFn: ({ signal }) => call(routes.getSetup, { params: { slug: slug ?? '' } }, signal),
    enabled: slug !== undefined
  })
}

export function useRuns(inference: string) {
  return useQuery({
    queryKey: ['runs', inference],
    queryFn: ({ signal }) => call(routes.listRuns, { query: { inference, limit: 20 } }, signal),
    select: (answer) => answer.items
  })
}

/** A run with its history. `moment`: what is known of it; where that changes the history is fetched anew. */
export function useRun(id: string | undefined, moment: string) {
  return useQuery({
    queryKey: ['runs', 'one', id, moment],
    queryFn: ({ signal }) => call(routes.getRun, { params: { id: id ?? '' } }, signal),
    enabled: id !== undefined,
    placeholderData: keepPreviousData
  })
}

export function useImports(project: string) {
  return useInfiniteQuery({
    queryKey: ['imports', project],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listImports, { query: pageParam ? { project, after: pageParam } : { project } }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items)
  })
}

export function useSamples(filter: SampleFilter) {
  return useInfiniteQuery({
    queryKey: ['samples', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      call(routes.listSamples, { query: pageParam ? { ...filter, after: pageParam } : filter }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items)
  })
}

export function useSample(id: string, filter: SampleFilter) {
  return useQuery({
    queryKey: ['samples', 'one', id, filter],
    queryFn: ({ signal }) => call(routes.getSample, { params: { id }, query: filter }, signal)
  })
}

/** What Lineside is and how it was set up; events tell when a part of it was changed. */
export function useSettings() {
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => call(routes.settings, {}, signal),
    staleTime: Infinity
  })
}
