import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { Fold } from './Fold.tsx'
import { noLimits, ruleKeys, type LimitsDraft, type RuleKey } from './samplingDraft.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const columns = ['perMinute', 'perHour', 'perDay', 'leastIntervalMs'] as const
type Row = RuleKey | 'run'

const pathOf = (row: Row, column: keyof LimitsDraft) =>
  row === 'run' ? `sampling.limits.run.${column}` : `sampling.limits.rules.${row}.${column}`

/** The most samples of all rules together and of each rule that is on; folded away until somebody wants them. */
export function SamplingLimits({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { sampling } = form.draft
  const rows: Row[] = ['run', ...ruleKeys.filter((key) => sampling[key].on || isUsed(limitsOf(form, key)))]
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
                <th scope="row">{t(row === 'run' ? 'setup.sampling.together' : `setup.sampling.${row}`)}</th>
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
  const rule = t(row === 'run' ? 'setup.sampling.together' : `setup.sampling.${row}`)
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
