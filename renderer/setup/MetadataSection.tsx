import { reservedMetadataKeys } from '../../main/contract/index.ts'
import { filledRows, type MetadataRow } from './metadataDraft.ts'
import { MetadataRows } from './MetadataRows.tsx'
import { SetupSection } from './SetupSection.tsx'
import { useEndpoint } from './useEndpoint.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** A row's errors: those that the form finds, and those that the contract or the host name by the key. */
const pathsOf = ({ id, key }: MetadataRow) => [`metadata.row.${id}`, `metadata.${key.trim()}`] as const

/** Keys and values that every sample of this inference gets. */
export function MetadataSection({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useWords()
  const { endpoint } = useEndpoint(form.draft, slug)
  const [first] = filledRows(form.draft.metadata)
  const example = JSON.stringify({
    [first?.key.trim() || t('setup.metadata.exampleKey')]: t('setup.metadata.exampleValue')
  })
  return (
    <SetupSection section="metadata" help={t('setup.metadata.help')}>
      <div className={`${styles.full} ${styles.rows}`}>
        <div>
          {reservedMetadataKeys.map((key) => (
            <div key={key} className={styles.reserved}>
              <span>{key}</span>
              <span>{t(`setup.metadata.reserved.${key}`)}</span>
            </div>
          ))}
        </div>
        <MetadataRows
          rows={form.draft.metadata}
          keyLabel={t('setup.metadata.key')}
          valueLabel={t('setup.metadata.value')}
          errorOf={(row) =>
            pathsOf(row)
              .map((path) => form.errors[path])
              .find(Boolean)
          }
          onChange={(metadata) => form.change({ metadata }, 'metadata')}
          onLeave={(row) => pathsOf(row).forEach(form.leave)}
        />
      </div>
      <div className={styles.full}>
        <p className={styles.effect} style={{ marginTop: 0 }}>
          {t('setup.metadata.override')}
        </p>
        <pre className={styles.code}>
          {`curl --data-binary @picture.jpg -H 'Lineside-Metadata: ${example}' ${endpoint}`}
        </pre>
      </div>
    </SetupSection>
  )
}
