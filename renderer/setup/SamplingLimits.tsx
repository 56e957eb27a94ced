import { NumberInput } from '@mantine/core'
import { memo, useCallback, useEffect, useRef, useState } from 'react'
import { Fold } from './Fold.tsx'
import { noLimits, ruleKeys, type LimitsDraft, type RuleKey, type SamplingDraft } from './samplingDraft.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords, type Words } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const columns = ['perMinute', 'perHour', 'perDay', 'leastIntervalMs'] as const
/** All rules together, a rule, or a size threshold that records, by its key among the limits. */
type Row = RuleKey | 'run' | `size:${string}`

const pathOf = (row: Row, column: keyof LimitsDraft) =>
  row === 'run' ? `sampling.limits.run.${column}` : `sampling.limits.rules.${row}.${column}`

/** The most samples of all rules together and of each rule that is on; folded away until somebody wants them. */
export function SamplingLimits({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { sampling } = form.draft
  const rules = ruleKeys.filter((key) => sampling[key].on || isUsed(limitsOf(form, key)))
  const rows: Row[] = ['run', ...rules, ...sizeRows(form)]
  const used = rows.filter((row) => isUsed(limitsOf(form, row))).length
  const [open, setOpen] = useState(used > 0)
  const wrong = Object.keys(form.errors).some((path) => path.startsWith('sampling.limits'))
  return (
    <Fold
      title={t('setup.sampling.limits')}
      beside={t('setup.sampling.limitsUsed', { count: used })}
      open={open || wrong}
      onToggle={() => setOpen(!open)}
    >
      <div className={styles.full}>
        <table className={styles.limits}>
          <thead>
            <tr>
              <th scope="col">{t('setup.sampling.mostSamples')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`setup.sampling.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{nameOf(t, row)}</th>
                {columns.map((column) => (
                  <td key={column}>{hasField(row, column) && <Limit form={form} row={row} column={column} />}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className={styles.effect}>{t('setup.sampling.limitsHelp')}</p>
      </div>
    </Fold>
  )
}

/** Size thresholds that record on their own, or that have limits for when they do. */
function sizeRows(form: SetupForm): Row[] {
  const { on, thresholds } = form.draft.sizes
  if (!on || !form.sections.includes('sizes')) return []
  const rows = thresholds.map(({ name, includeInSampling }) => ({ row: `size:${name}` as const, includeInSampling }))
  return rows
    .filter(({ row, includeInSampling }) => includeInSampling || isUsed(limitsOf(form, row)))
    .map(({ row }) => row)
}

function nameOf(t: Words, row: Row): string {
  if (row === 'run') return t('setup.sampling.together')
  return isRule(row) ? t(`setup.sampling.${row}`) : t('reasons.size', { name: row.slice('size:'.length) })
}

const isRule = (row: Row): row is RuleKey => ruleKeys.some((key) => key === row)

/** The least interval is a rule's own; the whole run has none. */
const hasField = (row: Row, column: keyof LimitsDraft) => row !== 'run' || column !== 'leastIntervalMs'

const isUsed = (limits: LimitsDraft) => Object.values(limits).some((value) => value !== '')

function limitsOf({ draft: { sampling } }: SetupForm, row: Row): LimitsDraft {
  return row === 'run' ? sampling.run : (sampling.rules[row] ?? noLimits)
}

function Limit({ form, row, column }: { form: SetupForm; row: Row; column: keyof LimitsDraft }) {
  const { t } = useWords()
  const path = pathOf(row, column)
  const { change, leave } = form
  return (
    <LimitField
      label={`${nameOf(t, row)}, ${t(`setup.sampling.columns.${column}`)}`}
      value={limitsOf(form, row)[column]}
      error={form.errors[path]}
      onChange={useLatest((value) =>
        change(({ sampling }) => ({ sampling: withLimit(sampling, row, column, value) }), path)
      )}
      onLeave={useLatest(() => leave(path))}
    />
  )
}

function withLimit(
  sampling: SamplingDraft,
  row: Row,
  column: keyof LimitsDraft,
  value: number | string
): SamplingDraft {
  const { run, rules } = sampling
  if (row === 'run') return { ...sampling, run: { ...run, [column]: value } }
  return { ...sampling, rules: { ...rules, [row]: { ...(rules[row] ?? noLimits), [column]: value } } }
}

/** The same function each time, which does what the one given last does. */
function useLatest<Given extends unknown[]>(act: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  return useCallback((...given: Given) => latest.current(...given), [])
}

interface LimitFieldProps {
  label: string
  value: number | string
  error: string | undefined
  onChange: (value: number | string) => void
  onLeave: () => void
}

/** There are some thirty of them: each is drawn anew only where it is another one. */
const LimitField = memo(function LimitField({ label, value, error, onChange, onLeave }: LimitFieldProps) {
  return (
    <NumberInput
      aria-label={label}
      placeholder="–"
      allowDecimal={false}
      hideControls
      value={value}
      error={error}
      onChange={onChange}
      onBlur={onLeave}
    />
  )
})
