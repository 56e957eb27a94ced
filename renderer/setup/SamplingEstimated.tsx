import { RichWords } from '../ui/words/RichWords.tsx'
import { useWords } from '../ui/words/useWords.ts'
import { useEstimate } from './Estimates.tsx'
import { aboutNumber, aloneWords, basisWords, bytesWords, ofThousand } from './estimateWords.ts'
import { formatBytes } from '../ui/format.ts'
import type { SamplingEstimate } from '../../main/contract/index.ts'
import styles from './estimate.module.css'

const strong = { b: <strong /> }

/** How much would be recorded: all rules together, each alone, what limits hold back, and by which requests. */
export function SamplingEstimated() {
  const { t } = useWords()
  const { estimate, isStale } = useEstimate()
  if (estimate === null) return <p className={styles.said}>{t('setup.estimate.none')}</p>
  return (
    <div className={styles.said} data-stale={isStale}>
      {estimate && (
        <>
          <p>
            <Together estimate={estimate} /> <HeldBack estimate={estimate} />
          </p>
          <p>{aloneWords(t, estimate)}</p>
          <p>{basisWords(t, estimate)}</p>
        </>
      )}
    </div>
  )
}

function Together({ estimate: { together, basis } }: { estimate: SamplingEstimate }) {
  const { samples, perHour } = together
  const of = { ...ofThousand(samples, basis.requests), bytes: formatBytes(basis.bytesPerSample) }
  return perHour === null ? (
    <RichWords i18nKey="setup.estimate.togetherOf" components={strong} values={of} />
  ) : (
    <RichWords
      i18nKey="setup.estimate.together"
      components={strong}
      values={{ value: aboutNumber(perHour), ...bytesWords(together) }}
    />
  )
}

function HeldBack({ estimate: { together } }: { estimate: SamplingEstimate }) {
  const { t } = useWords()
  const { heldBackPerHour } = together
  return heldBackPerHour ? t('setup.estimate.heldBack', { value: aboutNumber(heldBackPerHour) }) : null
}

/** The same in a few words, for the summary. */
export function EstimatedInShort() {
  const { estimate, isStale } = useEstimate()
  if (!estimate) return null
  const { samples, perHour } = estimate.together
  return (
    <span className={styles.short} data-stale={isStale}>
      {perHour === null ? (
        <RichWords
          i18nKey="setup.estimate.shortOf"
          components={strong}
          values={ofThousand(samples, estimate.basis.requests)}
        />
      ) : (
        <RichWords
          i18nKey="setup.estimate.short"
          components={strong}
          values={{ value: aboutNumber(perHour), bytes: bytesWords(estimate.together).bytes }}
        />
      )}
    </span>
  )
}
