import { memo, useMemo } from 'react'
import type { Prediction } from '../../../main/contract/index.ts'
import { inkOn, type ColourOf } from '../classColours.ts'
import { formatConfidence } from '../format.ts'
import { placeLabels, type PlacedLabel, type Rect } from './placeLabels.ts'
import { textWidth } from './textWidth.ts'
import type { Viewport } from './useViewport.ts'
import styles from './picture.module.css'

interface MarksProps {
  predictions: readonly Prediction[]
  view: Viewport
  size: { width: number; height: number }
  colourOf: ColourOf
  names: boolean
  highlighted: number | null
  onHover?: ((index: number | null) => void) | undefined
}

interface Mark {
  index: number
  prediction: Prediction
  rect: Rect
  colour: string
  full: string
  short: string
}

/** Boxes and their labels in px of the screen, so that lines and letters keep their size at every zoom. */
export const Marks = memo(function Marks(props: MarksProps) {
  const { predictions, view, size, colourOf, names, highlighted, onHover } = props
  const marks = useMemo(() => marksOf(predictions, view, colourOf), [predictions, view, colourOf])
  const labels = useMemo(() => labelsOf(names ? marks : [], size, highlighted), [names, marks, size, highlighted])
  return (
    <svg className={styles.marks} width={size.width} height={size.height} aria-hidden>
      {marks.map((mark) => (
        <g
          key={mark.index}
          data-class={mark.prediction.class}
          opacity={highlighted === null || highlighted === mark.index ? 1 : 0.35}
          onPointerEnter={() => onHover?.(mark.index)}
          onPointerLeave={() => onHover?.(null)}
        >
          <rect {...mark.rect} className={styles.halo} />
          <rect
            {...mark.rect}
            className={styles.box}
            stroke={mark.colour}
            fill={highlighted === mark.index ? mark.colour : 'transparent'}
            strokeDasharray={mark.prediction.unknown ? '6 4' : undefined}
          />
          <LabelOf mark={mark} label={labels.get(mark.index)} />
        </g>
      ))}
    </svg>
  )
})

function LabelOf({ mark, label }: { mark: Mark; label: PlacedLabel | null | undefined }) {
  if (!label) return null
  return (
    <g transform={`translate(${label.x} ${label.y})`}>
      <rect width={label.width} height={label.height} rx={3} fill={mark.colour} />
      <text className={styles.labelText} x={label.width / 2} y={13} textAnchor="middle" fill={inkOn(mark.colour)}>
        {label.short ? mark.short : mark.full}
      </text>
    </g>
  )
}

function marksOf(predictions: readonly Prediction[], view: Viewport, colourOf: ColourOf): Mark[] {
  return predictions.flatMap((prediction, index) => {
    const { box } = prediction
    if (!box) return []
    const rect = {
      x: view.x + box.x * view.scale,
      y: view.y + box.y * view.scale,
      width: Math.max(1, box.width * view.scale),
      height: Math.max(1, box.height * view.scale)
    }
    const short = `${prediction.unknown ? '? ' : ''}${formatConfidence(prediction.confidence)}`
    return [
      { index, prediction, rect, colour: colourOf(prediction.class), full: `${prediction.class} ${short}`, short }
    ]
  })
}

function labelsOf(marks: readonly Mark[], size: { width: number; height: number }, highlighted: number | null) {
  const order = marks.toSorted(
    (a, b) =>
      Number(b.index === highlighted) - Number(a.index === highlighted) ||
      b.prediction.confidence - a.prediction.confidence
  )
  const entries = order.map((mark) => ({
    rect: mark.rect,
    fullWidth: textWidth(mark.full) + 10,
    shortWidth: textWidth(mark.short) + 8
  }))
  const placed = placeLabels(entries, { x: 0, y: 0, ...size })
  return new Map(order.map((mark, at) => [mark.index, placed[at] ?? null]))
}
