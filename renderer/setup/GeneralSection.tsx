import { NumberInput, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useLive } from '../api/live.ts'
import { Unit } from '../ui/Unit.tsx'
import { Fold } from './Fold.tsx'
import { ShutdownFields } from './ShutdownFields.tsx'
import { SetupSection } from './SetupSection.tsx'
import { useEndpoint } from './useEndpoint.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Name, address and resources. */
export function GeneralSection({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useWords()
  const { draft, errors, change, leave, model } = form
  const { endpoint, slug: used } = useEndpoint(draft, slug)
  const gpu = useLive((state) => state.workstation?.gpu ?? null)
  return (
    <SetupSection section="general" help={t('setup.general.help')}>
      <TextInput
        label={t('setup.general.name')}
        value={draft.name}
        error={errors.name}
        maxLength={140}
        onChange={(event) => change({ name: event.currentTarget.value }, 'name')}
        onBlur={() => leave('name')}
      />
      <TextInput
        label={t('setup.general.slug')}
        description={t(slug ? 'setup.general.slugKept' : 'setup.general.slugMade')}
        value={used}
        error={errors.slug}
        maxLength={64}
        spellCheck={false}
        onChange={(event) => change({ slug: event.currentTarget.value.toLowerCase() }, 'slug')}
        onBlur={() => {
          if (!draft.slug) change({ slug: null }, 'slug')
          leave('slug')
        }}
      />
      <TextInput
        className={styles.full ?? ''}
        label={t('setup.general.url')}
        value={endpoint}
        readOnly
        variant="filled"
      />
      {model?.spec.task === 'classification' && (
        <Switch
          className={styles.full ?? ''}
          label={t('setup.general.gpu')}
          description={gpu ? t('setup.general.gpuFound', { gpu }) : t('setup.general.gpuNone')}
          checked={draft.general.gpu}
          onChange={(event) =>
            change({ general: { ...draft.general, gpu: event.currentTarget.checked } }, 'general.gpu')
          }
        />
      )}
      <ShutdownFields form={form} />
      <Advanced form={form} />
    </SetupSection>
  )
}

const advancedFields = [
  ...(['instances', 'threads', 'queue', 'deadlineMs', 'largestBatch', 'batchWaitMs'] as const),
  'memoryLimitMb' as const
]
const batchFields: readonly string[] = ['largestBatch', 'batchWaitMs']
const units: Partial<Record<(typeof advancedFields)[number], string>> = {
  deadlineMs: 'ms',
  batchWaitMs: 'ms',
  memoryLimitMb: 'MB'
}

function Advanced({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  const cores = useLive((state) => state.workstation?.cpu.cores ?? 0)
  const { draft, errors, change, leave, model } = form
  // A batch that the model cannot take must still be seen, so that it can be mended.
  const takesBatches = model?.dynamicBatch || Number(draft.general.largestBatch) !== 1
  const shown = open || advancedFields.some((key) => errors[`general.${key}`])
  const fields = advancedFields.filter((key) => takesBatches || !batchFields.includes(key))
  return (
    <Fold
      title={t('setup.general.advanced')}
      beside={t('setup.general.advancedList')}
      open={shown}
      onToggle={() => setOpen(!shown)}
    >
      {fields.map((key) => (
        <NumberInput
          key={key}
          label={t(`setup.general.${key}`)}
          description={t(`setup.general.${key}Help`, { cores })}
          rightSection={units[key] && <Unit of={units[key]} />}
          allowDecimal={false}
          value={draft.general[key]}
          error={errors[`general.${key}`]}
          onChange={(value) => change({ general: { ...draft.general, [key]: value } }, `general.${key}`)}
          onBlur={() => leave(`general.${key}`)}
        />
      ))}
    </Fold>
  )
}
