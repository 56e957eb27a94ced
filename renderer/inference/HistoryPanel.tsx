import type { Inference } from '../../main/contract/index.ts'
import { useRun, useRuns } from '../api/queries.ts'
import { formatSeconds } from '../ui/format.ts'
import { runReasonWords } from '../ui/runReasonWords.ts'
import { Panel } from '../ui/Screen.tsx'
import { StatusPill } from '../ui/StatusPill.tsx'
import { useWords } from '../ui/words/useWords.ts'
import layout from '../ui/layout.module.css'

const shownStates = 8

/** What the present or last run went through, the newest first. */
export function HistoryPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { data: runs = [] } = useRuns(inference.slug)
  // What has changed since it was asked for is part of what is asked for.
  const moment = [inference.since, inference.reason, inference.model.id].join(' ')
  const { data: run } = useRun(inference.run?.id ?? runs[0]?.id, moment)
  const states = run?.states.slice(-shownStates).toReversed() ?? []
  if (states.length === 0) return null
  return (
    <Panel title={t('details.history')}>
      <table className={layout.table} aria-label={t('details.history')}>
        <tbody>
          {states.map((state, index) => (
            <tr key={`${state.at} ${index}`}>
              <td className={layout.small}>{formatSeconds(state.at)}</td>
              <td>
                <StatusPill status={state.status} />
              </td>
              <td className={layout.muted}>{runReasonWords(t, state.reason)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
