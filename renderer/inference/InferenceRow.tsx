import { Link } from 'react-router'
import type { Inference } from '../../main/contract/index.ts'
import { formatMs, formatNumber, formatShare } from '../ui/format.ts'
import { followRowLink, rowLink } from '../ui/rows.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { StatusPill } from '../ui/StatusPill.tsx'
import { useStatusReason } from '../ui/StatusReason.tsx'
import { rateTrend } from '../ui/trends.ts'
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
        <span className={cx(layout.small, styles.about)}>{about.filter(Boolean).join(' · ')}</span>
      </td>
      <td>
        <StatusPill status={inference.status} />
      </td>
      <Why inference={inference} />
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

/** At most two lines, whatever there is to say, so that no row moves; the whole where the pointer rests. */
function Why({ inference }: { inference: Inference }) {
  const reason = useStatusReason(inference)
  return (
    <td>
      <div className={styles.why} title={reason}>
        {reason}
      </div>
    </td>
  )
}

function LiveCells({ inference: { status, figures } }: { inference: Inference }) {
  const { t } = useWords()
  const live = status === 'healthy'
  const { perMinute, latencyMs, recentP95Ms, unknownShare } = figures
  return (
    <>
      <Trend
        value={live ? formatNumber(perMinute) : null}
        unit={t('units.perMinute')}
        label={t('center.recent')}
        values={rateTrend(figures)}
      />
      <Trend
        value={live && latencyMs.p95 !== null ? formatMs(latencyMs.p95) : null}
        unit={t('units.ms')}
        label={t('center.recentLatency')}
        values={recentP95Ms}
        tone="slate"
      />
      <td className={cx(layout.right, styles.wide)}>
        {live && unknownShare !== null ? formatShare(unknownShare) : none}
      </td>
    </>
  )
}

const none = <span className={layout.muted}>–</span>

interface TrendProps {
  /** Null where there is none now. */
  value: string | null
  unit: string
  label: string
  values: readonly (number | null)[]
  tone?: 'accent' | 'slate'
}

/** A number of now over the line of the last minutes. */
function Trend({ value, unit, label, values, tone = 'accent' }: TrendProps) {
  if (value === null) return <td className={layout.right}>{none}</td>
  return (
    <td className={layout.right}>
      <span className={styles.rate}>{value}</span> <span className={styles.unit}>{unit}</span>
      <div className={styles.trend}>
        <Sparkline values={values} label={label} width={92} height={20} tone={tone} />
      </div>
    </td>
  )
}
