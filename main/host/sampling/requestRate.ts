import { historyQuery, keptHistorySeconds } from '../../contract/index.ts'
import type { RecentRequest } from '../recent/recentRequests.ts'
import type { FiguresHistory } from '../telemetry/figuresHistory.ts'

const hourMs = 3_600_000
/** With less time in the figures the requests’ own times tell more. */
const leastSeconds = 60

/**
 * Answered requests an hour, while the inference was up: by the figures over the time that the recent requests cover and
 * at least the hour before the newest, else by their own times. Null for a single moment. @param requests At least one
 */
export async function requestsPerHour(
  history: FiguresHistory,
  slug: string,
  requests: readonly RecentRequest[],
  now = Date.now()
): Promise<number | null> {
  const times = requests.map(({ at }) => at)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const from = Math.min(first, last - hourMs)
  const rangeSeconds = Math.min(keptHistorySeconds, Math.max(60, Math.ceil((now - from) / 1000)))
  // Few rows are read: this is asked again with each change of a setup.
  const stepSeconds = rangeSeconds > 2 * 3600 ? 900 : 60
  const { points } = await history.read(slug, historyQuery.parse({ rangeSeconds, stepSeconds }))
  const within = points.filter(({ at }) => Date.parse(at) <= last)
  // What of the last span comes after the newest request is not counted.
  const seconds = within.reduce((sum, { at, seconds: up }) => sum + Math.min(up, (last - Date.parse(at)) / 1000), 0)
  const answered = within.reduce((sum, point) => sum + point.requests - point.failures, 0)
  if (seconds >= leastSeconds && answered > 0) return (answered / seconds) * 3600
  return last > first ? ((requests.length - 1) / (last - first)) * hourMs : null
}
