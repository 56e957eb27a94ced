import type { LatestPrediction } from '../../main/contract/index.ts'
import { latestImageUrl, thumbnailUrl } from '../api/urls.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatClock } from '../ui/format.ts'
import { Thumb } from '../ui/picture/Thumb.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The last predictions of the run as small pictures; one can be picked to be looked at. */
export function LatestStrip(props: {
  slug: string
  items: readonly LatestPrediction[]
  colourOf: ColourOf
  picked: string | null
  onPick: (requestId: string) => void
}) {
  const { t } = useWords()
  return (
    <div className={styles.strip} role="group" aria-label={t('details.last')}>
      {props.items.map((item) => (
        <button
          key={item.requestId}
          type="button"
          className={styles.stripItem}
          aria-pressed={item.requestId === props.picked}
          aria-label={t('details.at', { time: formatClock(item.at) })}
          onClick={() => props.onPick(item.requestId)}
        >
          <Thumb
            src={item.sample ? thumbnailUrl(item.sample) : latestImageUrl(props.slug, item.requestId)}
            image={item.image}
            predictions={item.predictions}
            colourOf={props.colourOf}
            fit="cover"
          />
        </button>
      ))}
    </div>
  )
}
