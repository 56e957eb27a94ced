import { memo, useMemo } from 'react'
import type { Prediction } from '../../../main/contract/index.ts'
import { inkOn, type ColourOf } from '../classColours.ts'
import { cx } from '../cx.ts'
import { formatConfidence } from '../format.ts'
import { placeLabels, type PlacedLabel } from './placeLabels.ts'
import { shapeOf, type Shape } from './shapes.ts'
import { textWidth } from './textWidth.ts'
import type { Viewport } from './useViewport.ts'
import styles from './picture.module.css'

interface MarksProps {
  predictions: readonly Prediction[]
  view: Viewport
  size: { width: number; height: number }
  colourOf: ColourOf
  masks: boolean
  names: boolean
  highlighted: number | null
  onHover?: ((index: number | null) => void) | undefined
  /** In place of class and confidence. */
  labelOf?: ((prediction: Prediction) => string) | undefined
  /** Of each prediction, whether its mask is filled; absent: all are. */
  filled?: readonly boolean[] | undefined
}

interface Mark {
  index: number
  prediction: Prediction
  shape: Shape
  colour: string
  full: string
  short: string
}

/**
 * Masks, boxes and their labels. Shapes stand in px of the image under one transform, so that zoom and pan touch
 * nothing else, with lines of a constant width; labels stand in px of the screen.
 */
export const Marks = memo(function Marks(props: MarksProps) {
  const { predictions, view, size, colourOf, masks, names, highlighted, onHover, labelOf, filled } = props
  const marks = useMemo(() => marksOf(predictions, colourOf, masks, labelOf), [predictions, colourOf, masks, labelOf])
  const labels = useMemo(
    () => labelsOf(names ? marks : [], view, size, highlighted),
    [names, marks, view, size, highlighted]
  )
  return (
    <svg
      className={styles.marks}
      width={size.width}
      height={size.height}
      data-lifting={marks.some((mark) => mark.index === highlighted)}
      aria-hidden
    >
      <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
        {marks.map((mark) => (
          <Outline
            key={mark.index}
            mark={mark}
            lifted={highlighted === mark.index}
            filled={filled?.[mark.index] ?? true}
            onHover={onHover}
          />
        ))}
      </g>
      {labels.map(({ mark, label }) => (
        <Label key={mark.index} mark={mark} label={label} lifted={highlighted === mark.index} />
      ))}
    </svg>
  )
})

interface OutlineProps {
  mark: Mark
  lifted: boolean
  filled: boolean
  onHover: MarksProps['onHover']
}

const Outline = memo(function Outline({ mark, lifted, filled, onHover }: OutlineProps) {
  const { index, prediction, shape, colour } = mark
  return (
    <g
      className={cx(styles.mark, prediction.candidate && styles.candidate)}
      data-class={prediction.class}
      data-lifted={lifted}
      data-filled={filled}
      onPointerEnter={() => onHover?.(index)}
      onPointerLeave={() => onHover?.(null)}
    >
      {!prediction.candidate && <path d={shape.path} className={styles.halo} />}
      <path d={shape.path} {...drawnAs(prediction, shape, colour)} />
    </g>
  )
})

/** Class and colours of a shape's own line, in the large picture and in small ones. */
export function drawnAs(prediction: Prediction, shape: Shape, colour: string) {
  return {
    className: cx(styles.shape, shape.kind === 'mask' && styles.mask, prediction.unknown && styles.dashed),
    stroke: colour,
    fill: colour
  }
}

function Label({ mark, label, lifted }: { mark: Mark; label: PlacedLabel; lifted: boolean }) {
  return (
    <g className={styles.mark} data-lifted={lifted} transform={`translate(${label.x} ${label.y})`} pointerEvents="none">
      <rect width={label.width} height={label.height} rx={3} fill={mark.colour} />
      <text className={styles.labelText} x={label.width / 2} y={13} textAnchor="middle" fill={inkOn(mark.colour)}>
        {label.short ? mark.short : mark.full}
      </text>
    </g>
  )
}

/** The large ones first, so that a small one within them can be pointed at. */
function marksOf(
  predictions: readonly Prediction[],
  colourOf: ColourOf,
  masks: boolean,
  labelOf: MarksProps['labelOf']
): Mark[] {
  const marks = predictions.flatMap((prediction, index) => {
    const shape = shapeOf(prediction, masks)
    if (!shape) return []
    return [{ index, prediction, shape, colour: colourOf(prediction.class), ...labelsFor(prediction, labelOf) }]
  })
  return marks.sort((a, b) => areaOf(b) - areaOf(a))
}

function labelsFor(prediction: Prediction, labelOf: MarksProps['labelOf']) {
  if (labelOf) return { full: labelOf(prediction), short: labelOf(prediction) }
  const short = `${prediction.unknown ? '? ' : ''}${formatConfidence(prediction.confidence)}`
  return { full: `${prediction.class} ${short}`, short }
}

const areaOf = ({ shape: { bounds } }: Mark) => bounds.width * bounds.height

/** Places of the labels that fit; a candidate has one only while it is lifted. */
function labelsOf(
  marks: readonly Mark[],
  view: Viewport,
  size: { width: number; height: number },
  highlighted: number | null
) {
  const order = marks
    .filter(({ prediction, index }) => !prediction.candidate || index === highlighted)
    .sort(
      (a, b) =>
        Number(b.index === highlighted) - Number(a.index === highlighted) ||
        b.prediction.confidence - a.prediction.confidence
    )
  const entries = order.map(({ shape: { bounds }, full, short }) => ({
    rect: {
      x: view.x + bounds.x * view.scale,
      y: view.y + bounds.y * view.scale,
      width: bounds.width * view.scale,
      height: bounds.height * view.scale
    },
    fullWidth: textWidth(full) + 10,
    shortWidth: textWidth(short) + 8
  }))
  const placed = placeLabels(entries, { x: 0, y: 0, ...size })
  return order.flatMap((mark, at) => {
    const label = placed[at]
    return label ? [{ mark, label }] : []
  })
}
