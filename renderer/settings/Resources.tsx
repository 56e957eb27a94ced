import { Button, NumberInput, Switch } from '@mantine/core'
import { useState } from 'react'
import { resourceLimits, type ResourceLimits, type Settings } from '../../main/contract/index.ts'
import { useChangeSettings } from '../api/actions.ts'
import { useLive } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import { formatBytes, formatNumber } from '../ui/format.ts'
import { issuesByPath } from '../ui/issueWords.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { toastError } from '../ui/toast.ts'
import { Unit } from '../ui/Unit.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './settings.module.css'

/** What Lineside's runs may use together, and whether they come back. */
export function Resources() {
  const { data } = useSettings()
  return data ? <ResourcesForm key={JSON.stringify(data.resources)} settings={data} /> : null
}

const gigabyte = 1e9
const fields = ['cpuThreads', 'memoryBytes', 'gpuMemoryBytes'] as const
type Field = (typeof fields)[number]
type Draft = Record<Field, number | string>

function ResourcesForm({ settings }: { settings: Settings }) {
  const { t } = useWords()
  const [draft, setDraft] = useState(() => draftOf(settings.resources))
  const change = useChangeSettings()
  const held = useLive((state) => state.workstation?.held)
  const checked = resourceLimits.safeParse(limitsOf(draft))
  const errors = issuesByPath(t, checked.error)
  const same = checked.success && JSON.stringify(checked.data) === JSON.stringify(settings.resources)
  // A GPU of which nothing is known cannot be shared out.
  const shown = fields.filter((field) => settings.budget[field] !== null)
  const onError = (error: Error) => toastError(t('settings.notChanged'), error)
  return (
    <Panel title={t('settings.resources')}>
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault()
          if (checked.success) change.mutate({ resources: checked.data }, { onError })
        }}
      >
        {shown.map((field) => (
          <NumberInput
            key={field}
            label={t(`settings.limits.${field}`)}
            description={t('settings.inUse', {
              held: amount(field, held?.[field] ?? 0),
              budget: amount(field, settings.budget[field] ?? 0)
            })}
            placeholder={typed(field, settings.budget[field] ?? 0)}
            rightSection={field === 'cpuThreads' ? undefined : <Unit of="GB" />}
            allowDecimal={field !== 'cpuThreads'}
            value={draft[field]}
            error={errors[field]}
            onChange={(value) => setDraft((now) => ({ ...now, [field]: value }))}
          />
        ))}
        <div className={styles.submit}>
          <p className={layout.small}>{t('settings.resourcesHelp')}</p>
          <Button type="submit" variant="default" disabled={!checked.success || same} loading={change.isPending}>
            {t('settings.save')}
          </Button>
        </div>
      </form>
      <div className={styles.row}>
        <Switch
          label={t('settings.comeBack')}
          description={t('settings.comeBackHelp')}
          checked={settings.comeBack}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ comeBack: event.currentTarget.checked }, { onError })}
        />
      </div>
    </Panel>
  )

  function amount(field: Field, value: number) {
    return field === 'cpuThreads' ? formatNumber(value) : formatBytes(value)
  }
}

/** As it would be typed. */
function typed(field: Field, value: number): string {
  return field === 'cpuThreads' ? formatNumber(value) : formatNumber(value / gigabyte, 1)
}

/** Bytes are typed as gigabytes; an empty field is the default. */
function draftOf(limits: ResourceLimits): Draft {
  const inGigabytes = (bytes: number | null) => (bytes === null ? '' : bytes / gigabyte)
  return {
    cpuThreads: limits.cpuThreads ?? '',
    memoryBytes: inGigabytes(limits.memoryBytes),
    gpuMemoryBytes: inGigabytes(limits.gpuMemoryBytes)
  }
}

function limitsOf(draft: Draft): Record<Field, unknown> {
  const inBytes = (value: number | string) => (value === '' ? null : Math.round(Number(value) * gigabyte))
  return {
    cpuThreads: draft.cpuThreads === '' ? null : Number(draft.cpuThreads),
    memoryBytes: inBytes(draft.memoryBytes),
    gpuMemoryBytes: inBytes(draft.gpuMemoryBytes)
  }
}
