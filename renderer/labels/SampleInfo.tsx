import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { reservedMetadataKeys, type Sample } from '../../main/contract/index.ts'
import { sampleFileUrl } from '../api/urls.ts'
import { formatBytes, formatFull, formatMs, formatNumber } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { VerdictPill } from '../ui/VerdictPill.tsx'
import { reasonWords } from '../ui/setupWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

const reserved: readonly string[] = reservedMetadataKeys

/** Everything that is known of a sample beside its predictions. */
export function SampleInfo({ sample }: { sample: Sample }) {
  const { t } = useWords()
  const own = Object.entries(sample.metadata).filter(([key]) => !reserved.includes(key))
  return (
    <>
      {sample.verdict && (
        <Part title={t('sample.verdict')}>
          <VerdictPill verdict={sample.verdict} />
        </Part>
      )}
      <Part title={t('sample.info')}>
        <KeyValue
          entries={[
            [t('sample.timestamp'), formatFull(sample.at)],
            ...own.map(
              ([key, value]) =>
                [key, <Value key={key} value={value} fromRequest={sample.overridden.includes(key)} />] as const
            )
          ]}
        />
      </Part>
      <Part title={t('sample.because')}>
        <div className={styles.tags}>
          {sample.reasons.map((reason) => (
            <span key={reason} className={styles.tag}>
              {reasonWords(t, reason)}
            </span>
          ))}
        </div>
      </Part>
      <Part title={t('sample.from')}>
        <Origin sample={sample} />
      </Part>
      <Part title={t('sample.file')}>
        <KeyValue
          entries={[
            [
              t('sample.picture'),
              `${formatNumber(sample.image.width)} × ${formatNumber(sample.image.height)}, ${sample.format.toUpperCase()}, ${formatBytes(sample.bytes)}`
            ],
            [
              t('sample.fileName'),
              <a key="file" href={sampleFileUrl(sample.id)} download={sample.fileName}>
                {sample.fileName}
              </a>
            ],
            [t('sample.request'), sample.requestId]
          ]}
        />
      </Part>
    </>
  )
}

function Origin({ sample }: { sample: Sample }) {
  const { t } = useWords()
  const { inference, model, timing, project, importId } = sample
  return (
    <KeyValue
      entries={[
        [
          t('sample.inference'),
          inference && <Link to={`/projects/${project}/inferences/${inference.slug}`}>{inference.name}</Link>
        ],
        [
          t('sample.import'),
          <Link key="import" to={`/projects/${project}/samples?import=${importId}`}>
            {sample.importName}
          </Link>
        ],
        [t('sample.model'), model && `${model.name} ${model.version}`],
        [
          t('sample.time'),
          t('sample.timing', {
            decode: formatMs(timing.decodeMs),
            infer: formatMs(timing.inferMs),
            total: formatMs(timing.totalMs)
          })
        ]
      ]}
    />
  )
}

function Value({ value, fromRequest }: { value: string; fromRequest: boolean }) {
  const { t } = useWords()
  return (
    <>
      {value}
      {fromRequest && <span className={styles.badge}>{t('sample.fromRequest')}</span>}
    </>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
