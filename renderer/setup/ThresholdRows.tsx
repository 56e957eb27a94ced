import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Optimization } from '../../main/contract/index.ts'
import { useProject } from '../api/queries.ts'
import { useClassColours } from '../ui/classColours.ts'
import { ThresholdRow } from './ThresholdRow.tsx'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface ThresholdRowsProps {
  form: SetupForm
  /** The newest first. */
  optimizations: readonly Optimization[]
  chosen: Optimization | undefined
  shown: Readonly<Record<string, number | string>>
}

/** More classes than this are found by name. */
const mostRows = 40

/** A row for each class of the model; locked unless the thresholds are edited by hand. */
export function ThresholdRows({ form, optimizations, chosen, shown }: ThresholdRowsProps) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { data: project } = useProject(form.project)
  const colourOf = useClassColours(project)
  const putAt = useMemo(() => ticksByClass(optimizations), [optimizations])
  const classes = form.model?.spec.classes ?? []
  const found = classes.filter((name) => name.toLowerCase().includes(text.toLowerCase()))
  const inSight = found.filter((name, at) => at < mostRows || form.errors[`classThresholds.values.${name}`])
  return (
    <div className={styles.full}>
      {classes.length > mostRows && (
        <TextInput
          mb="xs"
          leftSection={<IconSearch size={16} />}
          aria-label={t('setup.thresholds.find')}
          placeholder={t('setup.thresholds.find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={styles.rules} role="group" aria-label={t('setup.sections.classThresholds')}>
        {inSight.map((name) => (
          <ThresholdRow
            key={name}
            form={form}
            name={name}
            colour={colourOf(name)}
            value={shown[name] ?? 0}
            ticks={putAt.get(name) ?? []}
            isLacking={chosen !== undefined && !chosen.classes.some((one) => one.class === name)}
          />
        ))}
      </div>
      <p className={styles.effect}>
        {found.length > inSight.length &&
          `${t('setup.thresholds.moreClasses', { count: found.length - inSight.length })} `}
        {putAt.size > 0 && t('setup.thresholds.tickLegend')}
      </p>
    </div>
  )
}

/** Where optimizations put each class. */
function ticksByClass(optimizations: readonly Optimization[]): Map<string, number[]> {
  const putAt = new Map<string, Set<number>>()
  for (const { class: name, threshold } of optimizations.flatMap(({ classes }) => classes)) {
    putAt.set(name, (putAt.get(name) ?? new Set()).add(threshold))
  }
  return new Map([...putAt].map(([name, values]) => [name, [...values].toSorted((a, b) => a - b)]))
}
