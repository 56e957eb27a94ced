import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { Fold } from './Fold.tsx'
import { noLimits, ruleKeys, type LimitsDraft, type RuleKey } from './samplingDraft.ts'
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
  const limits = limitsOf(form, row)
  const path = pathOf(row, column)
  const rule = nameOf(t, row)
  const change = (value: number | string) => {
    const next = { ...limits, [column]: value }
    const { rules } = form.draft.sampling
    form.setSampling(row === 'run' ? { run: next } : { rules: { ...rules, [row]: next } }, path)
  }
  return (
    <NumberInput
      aria-label={`${rule}, ${t(`setup.sampling.columns.${column}`)}`}
      placeholder="–"
      allowDecimal={false}
      hideControls
      value={limits[column]}
      error={form.errors[path]}
      onChange={change}
      onBlur={() => form.leave(path)}
    />
  )
}
