import { useLive } from '../api/live.ts'
import { generalSetup, unit } from '../../main/contract/index.ts'
import { shutdownWords, thresholdWords } from '../ui/setupWords.ts'
import { shutdownOf, type ShutdownDraft } from './shutdownDraft.ts'
import { EstimatedInShort } from './SamplingEstimated.tsx'
import { filledRows } from './metadataDraft.ts'
import { useEndpoint } from './useEndpoint.ts'
import { useThresholds } from './useThresholds.ts'
import { useSamplingRules } from './useSamplingRules.ts'
import type { SetupForm } from './useSetupForm.ts'
import { RichWords } from '../ui/words/RichWords.tsx'
import { useWords, type Words } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

const strong = { b: <strong /> }

/** The setup as a colleague would say it, always in sight. */
export function InShort({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useWords()
  const { draft, model } = form
  const { slug: used } = useEndpoint(draft, slug)
  const gpu = useLive((state) => state.workstation?.gpu ?? null)
  const rules = useSamplingRules(draft)
  const thresholds = thresholdWords(t, numbersOf(useThresholds(form).shown))
  const keys = filledRows(draft.metadata).map((row) => row.key.trim())
  const instances = Number(draft.general.instances) || 1
  return (
    <aside className={styles.inShort} aria-labelledby="in-short">
      <h2 id="in-short">{t('setup.inShort')}</h2>
      <p>
        <RichWords
          i18nKey="setup.short.answers"
          components={strong}
          values={{
            name: draft.name.trim() || '…',
            slug: used,
            model: model ? `${model.spec.name} ${model.spec.version}` : '…'
          }}
        />{' '}
        <RichWords
          i18nKey="setup.short.instances"
          components={strong}
          count={instances}
          values={{
            device: draft.general.gpu && gpu ? 'GPU' : 'CPU',
            threads: t('setup.short.threads', { count: Number(draft.general.threads) || 1 })
          }}
        />{' '}
        {t('setup.short.shutdown', { words: shutdownSaid(t, draft.general.shutdown) })}{' '}
        {draft.sizes.on && draft.sizes.thresholds.length > 0 && (
          <RichWords
            i18nKey="setup.short.sizes"
            components={strong}
            values={{ names: draft.sizes.thresholds.map(({ name }) => name).join(', ') }}
          />
        )}{' '}
        {rules && rules.length > 0 ? (
          <>
            <RichWords i18nKey="setup.short.records" components={strong} values={{ rules: rules.join('; ') }} />{' '}
            <EstimatedInShort />
          </>
        ) : (
          rules && t('setup.short.recordsNothing')
        )}{' '}
        {draft.verdict.on && (
          <RichWords i18nKey="setup.short.verdict" components={strong} count={draft.verdict.rules.length} />
        )}{' '}
        {draft.outputs.length > 0 && (
          <RichWords
            i18nKey="setup.short.outputs"
            components={strong}
            values={{ names: draft.outputs.map(({ name }) => name).join(', ') }}
          />
        )}{' '}
        {keys.length > 0 && (
          <RichWords i18nKey="setup.short.metadata" components={strong} values={{ keys: keys.join(', ') }} />
        )}{' '}
        {thresholds ? (
          <RichWords i18nKey="setup.short.unknown" components={strong} values={{ thresholds }} />
        ) : (
          t('setup.short.nothingUnknown')
        )}
      </p>
    </aside>
  )
}

/** What is not a threshold yet counts for nothing. */
function numbersOf(values: Readonly<Record<string, number | string>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, unit.safeParse(value).data ?? 0]))
}

/** While it is not right yet, nothing definite can be said. */
function shutdownSaid(t: Words, draft: ShutdownDraft): string {
  const { data } = generalSetup.shape.shutdown.safeParse(shutdownOf(draft))
  return data ? shutdownWords(t, data) : '…'
}
