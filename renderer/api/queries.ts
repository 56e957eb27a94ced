import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import {
  estimateQuestion,
  routes,
  type EstimateQuestionInput,
  type ModelSpec,
  type Outcome,
  type Stage
} from '../../main/contract/index.ts'
import { call, fileOf } from './call.ts'

/** Which samples a list or a sample's neighbours are taken from. */
export interface SampleFilter {
  project?: string
  import?: string
  inference?: string
  verdict?: Outcome
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

/** Computed class thresholds of a project, the newest first. */
export function useOptimizations(project: string) {
  return useQuery({
    queryKey: ['optimizations', project],
    queryFn: ({ signal }) => call(routes.listOptimizations, { params: { id: project } }, signal),
    select: (answer) => answer.items
  })
}

/** The watched folder and the model files that wait in it. */
export function useIncoming() {
  return useQuery({
    queryKey: ['models', 'incoming'],
    queryFn: ({ signal }) => call(routes.listIncoming, {}, signal)
  })
}

/** A sample's picture as a file, for whoever wants to try something on it. */
export function useSampleFile(id: string | null) {
  return useQuery({
    queryKey: ['sample-file', id],
    queryFn: ({ signal }) => fileOf(routes.sampleImage, { params: { id: id ?? '' } }, signal),
    enabled: id !== null,
    staleTime: Infinity,
    gcTime: 0
  })
}

export interface WantedTrial {
  uploadId: string
  spec: ModelSpec
  /** As a data: URL. */
  image: string
  /** Tells pictures apart without comparing them. */
  imageKey: string
}

/**
 * What an inspected upload finds on a picture; asked anew, and the last one given up, when any of it changes. Until the
 * new answer is there the one before it stays.
 */
export function useTrial(wanted: WantedTrial | null) {
  const key = wanted && { ...wanted, image: wanted.imageKey }
  return useQuery({
    queryKey: ['trial', key],
    queryFn: async ({ signal }) => {
      const found = await call(routes.tryUpload, { body: bodyOf(wanted) }, signal)
      return { ...found, imageKey: wanted?.imageKey }
    },
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    gcTime: 60_000
  })
}

export interface WantedTry {
  model: string
  /** Of the model's family, as JSON. */
  parameters: string
  /** As a data: URL. */
  image: string
  /** Tells pictures apart without comparing them. */
  imageKey: string
}

/** What a saved model finds on a picture; the answer before stays until the new one is there. */
export function useModelTry(wanted: WantedTry | null) {
  return useQuery({
    queryKey: ['model-try', wanted && { ...wanted, image: wanted.imageKey }],
    queryFn: async ({ signal }) => {
      const { model: id = '', parameters, image = '', imageKey } = wanted ?? {}
      const found = await call(routes.tryModel, { params: { id }, query: { parameters }, body: { image } }, signal)
      return { ...found, imageKey }
    },
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
    gcTime: 0
  })
}

/** Areas of what was answered in a project's newest samples, by class. */
export function useRecordedAreas(project: string) {
  return useQuery({
    queryKey: ['areas', project],
    queryFn: ({ signal }) => call(routes.recordedAreas, { query: { project } }, signal),
    select: (answer) => answer.items
  })
}

/**
 * What a setup would have done with the line's recent requests; asked again now and then, as these go on. Until the
 * answer to a changed setup is there the one before it stays. @param question As JSON; null while it cannot be asked.
 */
export function useSamplingEstimate(project: string, question: string | null) {
  return useQuery({
    queryKey: ['estimate', project, question],
    queryFn: ({ signal }) => {
      const body: EstimateQuestionInput = estimateQuestion.parse(JSON.parse(question ?? ''))
      return call(routes.estimateSampling, { params: { id: project }, body }, signal)
    },
    select: (answer) => answer.estimate,
    enabled: question !== null,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.estimate ? 60_000 : 10_000),
    retry: false,
    gcTime: 60_000
  })
}

function bodyOf(wanted: WantedTrial | null) {
  if (!wanted) throw new Error('there is nothing to try')
  const { uploadId, spec, image } = wanted
  return { uploadId, spec, image }
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

/** All runs of an inference, as far as one page holds them; `next` tells that there are more. Fetched where `wanted`. */
export function useAllRuns(inference: string, wanted: boolean) {
  return useQuery({
    queryKey: ['runs', inference, 'all'],
    queryFn: ({ signal }) => call(routes.listRuns, { query: { inference, limit: 200 } }, signal),
    enabled: wanted
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

/** API keys, the oldest first. */
export function useKeys() {
  return useQuery({
    queryKey: ['keys'],
    queryFn: ({ signal }) => call(routes.listKeys, {}, signal),
    select: (answer) => answer.items
  })
}

/** Figures of an inference over time, with the latencies of one stage; renewed as often as its points are long. */
export function useHistory(slug: string, rangeSeconds: number, stage: Stage) {
  return useQuery({
    queryKey: ['history', slug, rangeSeconds, stage],
    queryFn: ({ signal }) => call(routes.figuresHistory, { params: { slug }, query: { rangeSeconds, stage } }, signal),
    refetchInterval: ({ state }) => Math.min(60, state.data?.stepSeconds ?? 10) * 1000,
    placeholderData: (before) => before
  })
}

/** How Lineside stands, part by part. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => call(routes.health, {}, signal),
    refetchInterval: 5000
  })
}
