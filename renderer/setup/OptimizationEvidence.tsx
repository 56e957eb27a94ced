import { Modal } from '@mantine/core'
import type { ClassEvidence, Optimization } from '../../main/contract/index.ts'
import { useProject } from '../api/queries.ts'
import { useClassColours } from '../ui/classColours.ts'
import { formatConfidence, formatFull, formatNumber } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { aimWords } from '../ui/setupWords.ts'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

interface OptimizationEvidenceProps {
  optimization: Optimization
  project: string
  opened: boolean
  onClose: () => void
}

const columns = ['class', 'threshold', 'precision', 'recall', 'f1', 'right', 'samples', 'unknown'] as const

/** What an optimization rests on: where, how and on what it was computed, and how each class did. */
export function OptimizationEvidence({ optimization, project, opened, onClose }: OptimizationEvidenceProps) {
  const { t } = useWords()
  const { aim, at, model, basis, classes } = optimization
  const { data } = useProject(project)
  const colourOf = useClassColours(data)
  return (
    <Modal opened={opened} onClose={onClose} size="xl" title={t('setup.thresholds.evidenceTitle')}>
      <KeyValue
        entries={[
          [t('setup.thresholds.aim'), aimWords(t, aim)],
          [t('setup.thresholds.computed'), formatFull(at)],
          [t('setup.thresholds.withModel'), `${model.name} ${model.version}`],
          [
            t('setup.thresholds.basis'),
            t('setup.thresholds.basisOf', {
              source: basis.source,
              count: basis.samples,
              shown: formatNumber(basis.samples)
            })
          ]
        ]}
      />
      <div className={styles.evidence}>
        <table className={layout.table}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} className={column === 'class' ? undefined : layout.right}>
                  {t(`setup.thresholds.columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {classes.map((one) => (
              <ClassLine key={one.class} found={one} colour={colourOf(one.class)} />
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.effect}>{t('setup.thresholds.note')}</p>
    </Modal>
  )
}

const shareOf = (value: number | null) => (value === null ? '–' : formatConfidence(value))

function ClassLine({ found, colour }: { found: ClassEvidence; colour: string }) {
  const { t } = useWords()
  const { right, believed } = found
  return (
    <tr>
      <td>
        <span className={styles.thresholdClass}>
          <span className={styles.swatch} style={{ background: colour }} />
          {found.class}
        </span>
      </td>
      <td className={layout.right}>{formatConfidence(found.threshold)}</td>
      <td className={layout.right}>{shareOf(found.precision)}</td>
      <td className={layout.right}>{shareOf(found.recall)}</td>
      <td className={layout.right}>{shareOf(found.f1)}</td>
      <td className={layout.right}>
        {t('setup.thresholds.rightOf', { right: formatNumber(right), believed: formatNumber(believed) })}
      </td>
      <td className={layout.right}>{formatNumber(found.samples)}</td>
      <td className={layout.right}>{formatNumber(found.unknown)}</td>
    </tr>
  )
}
