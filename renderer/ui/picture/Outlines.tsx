import { memo } from 'react'
import type { Prediction } from '../../../main/contract/index.ts'
import { cx } from '../cx.ts'
import type { Mark } from './marksOf.ts'
import type { Shape } from './shapes.ts'
import styles from './picture.module.css'

interface OutlinesProps {
  marks: readonly Mark[]
  scale: number
  highlighted: number | null
  onHover: (index: number | null) => void
  /** Of each prediction, whether its mask is filled; absent: all are. */
  filled?: readonly boolean[] | undefined
}

/**
 * Masks and boxes in px of the image under one transform, with lines of a constant width. They know nothing of where
 * the picture lies, so that a pan moves what has been painted and paints nothing anew.
 */
export const Outlines = memo(function Outlines({ marks, scale, highlighted, onHover, filled }: OutlinesProps) {
  return (
    <svg className={styles.marks} data-lifting={marks.some(({ index }) => index === highlighted)} aria-hidden>
      <g transform={`scale(${scale})`}>
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
    </svg>
  )
})

interface OutlineProps {
  mark: Mark
  lifted: boolean
  filled: boolean
  onHover: OutlinesProps['onHover']
}

const Outline = memo(function Outline({ mark, lifted, filled, onHover }: OutlineProps) {
  const { index, prediction, shape, colour } = mark
  return (
    <g
      className={cx(styles.mark, prediction.candidate && styles.candidate)}
      data-class={prediction.class}
      data-lifted={lifted}
      data-filled={filled}
      onPointerEnter={() => onHover(index)}
      // A finger that goes away leaves lifted what it touched.
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && onHover(null)}
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
