import { createStore } from 'zustand/vanilla'
import type {
  Inference,
  LatestPrediction,
  LogRecord,
  SampleSummary,
  ServerEvent,
  Workstation
} from '../../main/contract/index.ts'

/** How the window stands with its host. `away` counts the tries to reach it again. */
export type Connection =
  { kind: 'connecting' } | { kind: 'open' } | { kind: 'away'; tries: number } | { kind: 'locked' }

/** What the event stream keeps up to date. Inferences and their figures have no other owner in the window. */
export interface LiveState {
  connection: Connection
  version: string | null
  loaded: boolean
  inferences: Record<string, Inference>
  latest: Record<string, LatestPrediction[]>
  /** The last lines of all logs, the oldest first. */
  lines: LogRecord[]
  /** The last samples recorded since the window opened, by project, the newest first. */
  recorded: Record<string, SampleSummary[]>
  workstation: Workstation | null
}

const keptPredictions = 20
const keptLines = 2000
const keptSamples = 100

export const emptyLiveState: LiveState = {
  connection: { kind: 'connecting' },
  version: null,
  loaded: false,
  inferences: {},
  latest: {},
  lines: [],
  recorded: {},
  workstation: null
}

export type LiveStore = ReturnType<typeof createLiveStore>

/** The store that the event stream fills; components select from it. */
export function createLiveStore() {
  return createStore<LiveState>(() => emptyLiveState)
}

/** The state after one event. */
export function reduceEvent(state: LiveState, event: ServerEvent): LiveState {
  switch (event.type) {
    case 'hello':
      return { ...state, connection: { kind: 'open' }, version: event.version }
    case 'inference':
      return withInference(state, event.inference)
    case 'inference-removed':
      return withoutInference(state, event.slug)
    case 'prediction':
      return withLatest(state, event.slug, event.latest)
    case 'log':
      return { ...state, lines: [...state.lines, event.record].slice(-keptLines) }
    case 'workstation':
      return { ...state, workstation: event.workstation }
    case 'sample': {
      const { project } = event.sample
      const kept = [event.sample, ...(state.recorded[project] ?? [])].slice(0, keptSamples)
      return { ...state, recorded: { ...state.recorded, [project]: kept } }
    }
    default:
      return state
  }
}

/** The state with an inference as it is now; a new run forgets the last one's predictions. */
export function withInference(state: LiveState, next: Inference): LiveState {
  const before = state.inferences[next.slug]
  const inferences = { ...state.inferences, [next.slug]: next }
  if (!before || !next.run || before.run?.id === next.run.id) return { ...state, inferences }
  return { ...state, inferences, latest: { ...state.latest, [next.slug]: [] } }
}

/** The state with an inference as a request was answered, unless the stream has told of a later status meanwhile. */
export function withAnswered(state: LiveState, answered: Inference): LiveState {
  const known = state.inferences[answered.slug]
  const isLate = known !== undefined && Date.parse(known.since) > Date.parse(answered.since)
  return isLate ? state : withInference(state, answered)
}

/** The state with a whole list fetched anew. */
export function withInferences(state: LiveState, items: Inference[]): LiveState {
  return { ...state, loaded: true, inferences: Object.fromEntries(items.map((item) => [item.slug, item])) }
}

/** The state without an inference and all that was known of it. */
export function withoutInference(state: LiveState, slug: string): LiveState {
  const drop = <T>(record: Record<string, T>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => key !== slug))
  return { ...state, inferences: drop(state.inferences), latest: drop(state.latest) }
}

function withLatest(state: LiveState, slug: string, latest: LatestPrediction): LiveState {
  const kept = [latest, ...(state.latest[slug] ?? [])].slice(0, keptPredictions)
  return { ...state, latest: { ...state.latest, [slug]: kept } }
}
