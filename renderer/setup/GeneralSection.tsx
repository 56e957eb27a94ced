import { NumberInput, Switch, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLive } from '../api/live.ts'
import { SetupSection } from './SetupSection.tsx'
import { useEndpoint } from './useEndpoint.ts'
import type { SetupForm } from './useSetupForm.ts'
import styles from './setup.module.css'

/** Name, address and resources. */
export function GeneralSection({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useTranslation()
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
      <Advanced form={form} />
    </SetupSection>
  )
}

const advancedFields = ['instances', 'threads', 'queue', 'deadlineMs'] as const

function Advanced({ form }: { form: SetupForm }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const cores = useLive((state) => state.workstation?.cpu.cores ?? 0)
  const { draft, errors, change, leave } = form
  const shown = open || advancedFields.some((key) => errors[`general.${key}`])
  return (
    <>
      <div className={styles.folded}>
        <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => setOpen(!shown)}>
          {shown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          {t('setup.general.advanced')}
          {!shown && (
            <Text span size="sm" c="dimmed" fw={400}>
              {t('setup.general.advancedList')}
            </Text>
          )}
        </button>
      </div>
      {shown &&
        advancedFields.map((key) => (
          <NumberInput
            key={key}
            label={t(`setup.general.${key}`)}
            description={t(`setup.general.${key}Help`, { cores })}
            rightSection={
              key === 'deadlineMs' ? (
                <Text size="xs" c="dimmed" pr={10}>
                  ms
                </Text>
              ) : undefined
            }
            allowDecimal={false}
            value={draft.general[key]}
            error={errors[`general.${key}`]}
            onChange={(value) => change({ general: { ...draft.general, [key]: value } }, `general.${key}`)}
            onBlur={() => leave(`general.${key}`)}
          />
        ))}
    </>
  )
}
