import { MultiSelect, Pill, Select, Switch, TextInput } from '@mantine/core'
import { useWords } from '../ui/words/useWords.ts'
import { Unit } from '../ui/Unit.tsx'
import { withThreshold } from './changeThresholds.ts'
import type { MetadataRow } from './metadataDraft.ts'
import { MetadataRows } from './MetadataRows.tsx'
import { SizeRate } from './SizeRate.tsx'
import { operators, sizePath, type ThresholdDraft } from './sizesDraft.ts'
import { useOfferedClasses } from './useOfferedClasses.ts'
import type { SetupForm } from './useSetupForm.ts'
import styles from './sizes.module.css'

interface FieldsProps {
  form: SetupForm
  threshold: ThresholdDraft
}

/** What a size threshold says: of which classes, in which range, described how, and whether it records. */
export function ThresholdFields({ form, threshold }: FieldsProps) {
  const { t } = useWords()
  const { id, operator, includeInSampling } = threshold
  const set = (part: Partial<ThresholdDraft>, field: string) =>
    form.change((now) => withThreshold(now, id, part), sizePath(id, field))
  return (
    <>
      <Classes form={form} threshold={threshold} />
      <Select
        label={t('setup.sizes.operator')}
        data={operators.map((value) => ({ value, label: t(`setup.sizes.operators.${value}`) }))}
        value={operator}
        allowDeselect={false}
        onChange={(next) => next && set({ operator: next }, 'operator')}
      />
      <div className={styles.values}>
        <Value form={form} threshold={threshold} field="value" />
        {operator === 'between' && <Value form={form} threshold={threshold} field="secondValue" />}
      </div>
      <Metadata form={form} threshold={threshold} />
      <Switch
        label={t('setup.sizes.include')}
        description={
          <>
            {t('setup.sizes.includeHelp')} <SizeRate name={threshold.name} />
          </>
        }
        checked={includeInSampling}
        onChange={(event) => set({ includeInSampling: event.currentTarget.checked }, 'includeInSampling')}
      />
    </>
  )
}

function Classes({ form, threshold: { id, classes } }: FieldsProps) {
  const { t } = useWords()
  const { offered, colourOf } = useOfferedClasses(form, classes)
  const path = sizePath(id, 'classes')
  const named = (name: string) => (
    <span className={styles.class}>
      <span className={styles.swatch} style={{ background: colourOf(name) }} />
      {name}
    </span>
  )
  return (
    <MultiSelect
      label={t('setup.sizes.classes')}
      placeholder={classes.length === 0 ? t('setup.sizes.chooseClasses') : ''}
      data={offered}
      value={classes}
      error={form.errors[path]}
      searchable
      openOnFocus={false}
      renderOption={({ option }) => named(option.label)}
      renderPill={({ option, onRemove }) => (
        <Pill withRemoveButton onRemove={() => onRemove?.()}>
          {named(option.label)}
        </Pill>
      )}
      onChange={(next) =>
        form.change((now) => withThreshold(now, id, { classes: offered.filter((name) => next.includes(name)) }), path)
      }
      onBlur={() => form.leave(path)}
    />
  )
}

function Value({ form, threshold, field }: FieldsProps & { field: 'value' | 'secondValue' }) {
  const { t } = useWords()
  const path = sizePath(threshold.id, field)
  return (
    <TextInput
      label={t(`setup.sizes.${field}`)}
      inputMode="numeric"
      value={threshold[field]}
      rightSection={<Unit of="px" />}
      error={form.errors[path]}
      onChange={(event) => {
        const text = event.currentTarget.value
        form.change((now) => withThreshold(now, threshold.id, { [field]: text }), path)
      }}
      onBlur={() => form.leave(path)}
    />
  )
}

function Metadata({ form, threshold: { id, metadata } }: FieldsProps) {
  const { t } = useWords()
  const pathsOf = (row: MetadataRow) =>
    [`metadata.row.${row.id}`, `metadata.${row.key.trim()}`].map((field) => sizePath(id, field))
  return (
    <div>
      <div className={styles.label}>{t('setup.sizes.metadata')}</div>
      <MetadataRows
        rows={metadata}
        keyLabel={t('setup.sizes.metadataKey')}
        valueLabel={t('setup.sizes.metadataValue')}
        errorOf={(row) =>
          pathsOf(row)
            .map((path) => form.errors[path])
            .find(Boolean)
        }
        onChange={(rows) => form.change((now) => withThreshold(now, id, { metadata: rows }), sizePath(id, 'metadata'))}
        onLeave={(row) => pathsOf(row).forEach(form.leave)}
      />
    </div>
  )
}
