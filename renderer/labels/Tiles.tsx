import { VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react'
import { Link } from 'react-router'
import type { Prediction, SampleSummary } from '../../main/contract/index.ts'
import { thumbnailUrl } from '../api/urls.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatConfidence, formatMoment } from '../ui/format.ts'
import { Thumb } from '../ui/picture/Thumb.tsx'
import { answeredOf, isPlaced } from '../ui/picture/shapes.ts'
import { useUiScale } from '../ui/uiScale.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

interface TilesProps {
  items: readonly SampleSummary[]
  colourOf: ColourOf
  linkOf: (id: string) => string
  /** Called when the end comes into sight. */
  onEnd: () => void
}

const leastWidth = 176
const gap = 12
const footHeight = 32

/** A grid of which only the rows in sight are drawn, so that its length does not matter. */
export function Tiles({ items, colourOf, linkOf, onEnd }: TilesProps) {
  const { ref: sized, width } = useElementSize()
  const scale = useUiScale()
  const scroller = useRef<HTMLDivElement>(null)
  const space = gap * scale
  const inner = Math.max(leastWidth * scale, width)
  const columns = Math.max(1, Math.floor((inner + space) / (leastWidth * scale + space)))
  const tileHeight = (inner - space * (columns - 1)) / columns / shapeOf(items[0]) + footHeight * scale
  const rows = Math.ceil(items.length / columns)
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => tileHeight + space,
    overscan: 2
  })
  useEffect(() => virtual.measure(), [virtual, tileHeight])
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const reachEnd = useEffectEvent(onEnd)
  useEffect(() => {
    if (last >= rows - 2) reachEnd()
  }, [last, rows])
  return (
    <div className={styles.scroll} ref={scroller} onKeyDown={(event) => moveInGrid(event, columns)}>
      <div className={styles.rows} ref={sized} style={{ height: virtual.getTotalSize() }}>
        {drawn.map((row) => (
          <div
            key={row.key}
            className={styles.gridRow}
            style={{
              transform: `translateY(${row.start}px)`,
              height: tileHeight,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`
            }}
          >
            {items.slice(row.index * columns, (row.index + 1) * columns).map((sample, at) => (
              <Tile
                key={sample.id}
                sample={sample}
                index={row.index * columns + at}
                colourOf={colourOf}
                to={linkOf(sample.id)}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function Tile(props: { sample: SampleSummary; index: number; colourOf: ColourOf; to: string }) {
  const { t } = useWords()
  const { sample, colourOf } = props
  const answered = answeredOf(sample.predictions)
  const worst = mostDoubtful(answered)
  const candidates = sample.predictions.length - answered.length
  return (
    <Link to={props.to} className={styles.tile} data-tile={props.index}>
      <div className={styles.tilePicture}>
        <Thumb
          src={thumbnailUrl(sample.id)}
          image={sample.image}
          predictions={sample.predictions}
          colourOf={colourOf}
        />
      </div>
      <div className={styles.tileFoot}>
        <VisuallyHidden>{t('sample.title')}</VisuallyHidden>
        {worst ? (
          <span className={styles.tileFound}>
            <span className={styles.swatch} style={{ background: colourOf(worst.class) }} />
            <span className={styles.tileClass}>{worst.class}</span>
            {formatConfidence(worst.confidence)}
            {worst.unknown && <span className={styles.unknown}>{t('labels.unknown')}</span>}
          </span>
        ) : (
          t(candidates > 0 ? 'labels.onlyCandidates' : 'labels.nothing', { count: candidates })
        )}
        <span className={styles.time}>{formatMoment(sample.at)}</span>
      </div>
    </Link>
  )
}

/** Width by height of the tiles' pictures: that of the newest sample, since a line's pictures are mostly alike. */
function shapeOf(sample: SampleSummary | undefined) {
  if (!sample) return 1
  return Math.min(16 / 9, Math.max(3 / 4, sample.image.width / sample.image.height))
}

/** What a tile says: the prediction that most wants a look; of classes of the whole picture the first. */
function mostDoubtful(predictions: readonly Prediction[]) {
  const [first] = predictions
  if (first && !isPlaced(first)) return first
  return predictions.reduce<Prediction | undefined>(
    (worst, next) => (worst && worst.confidence <= next.confidence ? worst : next),
    undefined
  )
}

function moveInGrid(event: KeyboardEvent<HTMLElement>, columns: number) {
  const at = Number((document.activeElement as HTMLElement | null)?.dataset.tile ?? NaN)
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
  if (Number.isNaN(at) || step === undefined) return
  const next = event.currentTarget.querySelector<HTMLElement>(`[data-tile="${at + step}"]`)
  if (!next) return
  event.preventDefault()
  next.focus()
}
