import type { QueryClient } from '@tanstack/react-query'
import { routes, serverEvent, type ServerEvent } from '../../main/contract/index.ts'
import { ApiProblem, call } from './call.ts'
import { reduceEvent, withInferences, type LiveStore } from './eventStore.ts'

const flushEveryMs = 250
const recountEveryMs = 2000
const retryAfterMs = 1500

/**
 * Keeps the store up to date from the host's one event stream, with at most four updates a second,
 * and makes queries stale that an event says have changed. Returns its release.
 */
export function followEvents(store: LiveStore, queries: QueryClient): () => void {
  let source: EventSource | null = null
  let retryTimer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  let released = false
  const batch = createBatch((events) => {
    store.setState((state) => events.reduce(reduceEvent, state))
    invalidate(events)
  })
  // Predictions come at most four times a second; a burst's others are fetched afterwards.
  const complete = throttled(recountEveryMs, () => void queries.invalidateQueries({ queryKey: ['latest'] }))
  const recount = throttled(recountEveryMs, () => {
    void queries.invalidateQueries({ queryKey: ['projects'] })
    void queries.invalidateQueries({ queryKey: ['imports'] })
    void queries.invalidateQueries({ queryKey: ['runs'] })
  })

  function invalidate(events: ServerEvent[]) {
    const changed = new Set(events.flatMap((event) => (event.type === 'changed' ? [event.what] : [])))
    for (const what of changed) void queries.invalidateQueries({ queryKey: [what] })
    // A run may go over to another model, and its setup with it.
    if (changed.has('runs')) void queries.invalidateQueries({ queryKey: ['setup'] })
    if (events.some((event) => event.type === 'sample')) recount.run()
    if (events.some((event) => event.type === 'prediction')) complete.run()
    if (events.some((event) => event.type === 'lost')) void reload()
  }

  async function reload() {
    const { items } = await call(routes.listInferences, {})
    store.setState((state) => withInferences(state, items))
    await queries.invalidateQueries()
  }

  async function open() {
    try {
      const workstation = await call(routes.workstation, {})
      store.setState({ workstation })
      await reload()
    } catch (error) {
      lost(error)
      return
    }
    if (!released) listen()
  }

  function listen() {
    source = new EventSource('/v1/events')
    source.onopen = () => {
      tries = 0
      store.setState({ connection: { kind: 'open' } })
    }
    source.onmessage = (message) => {
      const parsed = serverEvent.safeParse(JSON.parse(String(message.data)))
      if (parsed.success) batch.add(parsed.data)
    }
    source.onerror = () => lost(undefined)
  }

  function lost(error: unknown) {
    source?.close()
    source = null
    if (released) return
    if (error instanceof ApiProblem && error.problem.code === 'UNAUTHENTICATED') {
      store.setState({ connection: { kind: 'locked' } })
      return
    }
    tries += 1
    store.setState({ connection: { kind: 'away', tries } })
    retryTimer = setTimeout(() => void open(), retryAfterMs)
  }

  void open()
  return () => {
    released = true
    clearTimeout(retryTimer)
    source?.close()
    batch.release()
    recount.release()
    complete.release()
  }
}

function createBatch(flush: (events: ServerEvent[]) => void) {
  let waiting: ServerEvent[] = []
  const gate = throttled(flushEveryMs, () => {
    const events = waiting
    waiting = []
    flush(events)
  })
  return {
    add(event: ServerEvent) {
      waiting.push(event)
      gate.run()
    },
    release: gate.release
  }
}

/** Runs at once when it has rested long enough, else once at the end of the rest. */
function throttled(everyMs: number, action: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastRun = -Infinity
  const act = () => {
    timer = undefined
    lastRun = performance.now()
    action()
  }
  return {
    run() {
      timer ??= setTimeout(act, Math.max(0, lastRun + everyMs - performance.now()))
    },
    release: () => clearTimeout(timer)
  }
}
