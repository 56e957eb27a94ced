import { useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useQuery } from '@tanstack/react-query'
import { logLine, routes, type LogRecord } from '../../main/contract/index.ts'
import { ApiProblem, fileOf } from './call.ts'
import type { LiveStore } from './eventStore.ts'
import { LiveContext } from './live.ts'

const noLines: LogRecord[] = []
/** So many lines may come before the log is read anew; older ones are then as the host keeps them. */
const mostLive = 20_000

/** A log, the oldest line first: what the host keeps, then what has come since. */
export function useLog(log: string | undefined) {
  const store = useContext(LiveContext)
  const query = useQuery({
    queryKey: ['log', log],
    queryFn: ({ signal }) => readLog(log ?? '', signal),
    enabled: log !== undefined,
    staleTime: Infinity,
    gcTime: 0
  })
  const { data: kept = noLines, isSuccess, isLoading, error, refetch } = query
  const last = kept.at(-1)?.seq ?? 0
  const tail = useMemo(() => createTail(store, log, isSuccess ? last : Infinity), [store, log, isSuccess, last])
  const live = useSyncExternalStore(tail.subscribe, tail.lines)
  const isLong = live.length > mostLive
  useEffect(() => {
    if (isLong) void refetch()
  }, [isLong, refetch])
  return { kept, live, isLoading, error }
}

/** The lines of a log that come after this one, as the event stream brings them. */
function createTail(store: LiveStore, log: string | undefined, after: number) {
  let lines = noLines
  let last = after
  const take = () => {
    const fresh = store.getState().lines.filter((line) => line.seq > last && (log === 'app' || line.run === log))
    last = fresh.at(-1)?.seq ?? last
    if (fresh.length > 0) lines = [...lines, ...fresh]
    return fresh.length > 0
  }
  take()
  return {
    lines: () => lines,
    subscribe: (tell: () => void) => {
      if (take()) tell()
      return store.subscribe(() => {
        if (take()) tell()
      })
    }
  }
}

/** Parsed piece by piece, so that a long log does not hold up the window. A log that is not there is empty. */
async function readLog(log: string, signal: AbortSignal): Promise<LogRecord[]> {
  const lines: LogRecord[] = []
  let rest = ''
  const take = (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) {
      const record = recordOf(part)
      if (record) lines.push(record)
    }
  }
  try {
    const file = await fileOf(routes.downloadLog, { params: { log } }, signal)
    for await (const text of textsOf(file.stream())) take(text)
    return lines
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === 'NOT_FOUND') return lines
    throw error
  }
}

async function* textsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
}

/** Null for a line that a crash cut off. */
function recordOf(text: string): LogRecord | null {
  try {
    return logLine.parse(JSON.parse(text))
  } catch {
    return null
  }
}
