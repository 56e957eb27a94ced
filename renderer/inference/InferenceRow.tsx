import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { formatMs, formatNumber, formatShare } from '../ui/format.ts'
import { followRowLink, rowLink } from '../ui/rows.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { StatusPill } from '../ui/StatusPill.tsx'
import { StatusReason } from '../ui/StatusReason.tsx'
import { cx } from '../ui/cx.ts'
import layout from '../ui/layout.module.css'
import { InferenceMenu } from './InferenceMenu.tsx'
import { RunStop } from './RunStop.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './center.module.css'

/** An inference in the list: is it inspecting, and if not, why not. */
export function InferenceRow({ inference, withProject }: { inference: Inference; withProject: boolean }) {
  const { t } = useWords()
  const { slug, name, project, model, type } = inference
  const about = [withProject && project.name, t(`setup.types.${type}`), `${model.name} ${model.version}`]
  return (
    <tr className={layout.rowLink} onClick={followRowLink}>
      <td>
        <Link className={styles.name} to={`/projects/${project.id}/inferences/${slug}`} {...rowLink}>
          {name}
        </Link>
        <span className={layout.small}>{about.filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        <StatusPill status={inference.status} />
      </td>
      <td className={styles.why}>
        <StatusReason inference={inference} />
      </td>
      <LiveCells inference={inference} />
      <td>
        <div className={styles.act}>
          <RunStop inference={inference} />
          <InferenceMenu inference={inference} />
        </div>
      </td>
    </tr>
  )
}

function LiveCells({ inference: { status, figures } }: { inference: Inference }) {
  const { t } = useWords()
  const live = status === 'healthy'
  const p95 = figures.latencyMs.p95
  return (
    <>
      <td className={layout.right}>
        {live ? (
          <>
            <span className={styles.rate}>{formatNumber(figures.perMinute)}</span>{' '}
            <span className={styles.unit}>{t('units.perMinute')}</span>
            {p95 !== null && <div className={layout.small}>{t('center.p95', { value: formatMs(p95) })}</div>}
          </>
        ) : (
          <span className={layout.muted}>–</span>
        )}
      </td>
      <td className={cx(styles.wide)}>{live && <Sparkline values={figures.recent} label={t('center.recent')} />}</td>
      <td className={cx(layout.right, styles.wide)}>
        {live && figures.unknownShare !== null ? (
          formatShare(figures.unknownShare)
        ) : (
          <span className={layout.muted}>–</span>
        )}
      </td>
    </>
  )
}
