import { memo } from 'react'
import { inkOn } from '../classColours.ts'
import { useUiScale } from '../uiScale.ts'
import type { MarkLabels } from './markLabels.ts'
import type { Mark } from './marksOf.ts'
import type { PlacedLabel } from './placeLabels.ts'
import type { Area, Viewport } from './viewport.ts'
import styles from './picture.module.css'

interface LabelsProps {
  labels: MarkLabels
  view: Viewport
  size: Area
  highlighted: number | null
}

/** The names of marks, in px of an ordinary screen from the picture's top left: on a very large one all of it grows. */
export const Labels = memo(function Labels({ labels, view, size, highlighted }: LabelsProps) {
  const ui = useUiScale()
  const scale = view.scale / ui
  const seen = { width: size.width / ui, height: size.height / ui }
  const placed = labels.place({ x: view.x / ui, y: view.y / ui, scale }, seen, highlighted)
  const isLifting = placed.some(({ mark }) => mark.index === highlighted)
  return (
    <svg className={styles.labels} data-lifting={isLifting} aria-hidden>
      <g transform={`scale(${ui})`}>
        {placed.map(({ mark, place }) => (
          <Label key={mark.index} mark={mark} place={place} scale={scale} lifted={highlighted === mark.index} />
        ))}
      </g>
    </svg>
  )
})

interface LabelProps {
  mark: Mark
  place: PlacedLabel
  scale: number
  lifted: boolean
}

const Label = memo(function Label({ mark, place, scale, lifted }: LabelProps) {
  const { x, y, width, height, short, apart } = place
  const { bounds } = mark.shape
  return (
    <g data-label={mark.index} data-lifted={lifted} data-short={short}>
      {apart && (
        <line
          className={styles.leader}
          stroke={mark.colour}
          x1={x + width / 2}
          y1={y + height / 2}
          x2={(bounds.x + bounds.width / 2) * scale}
          y2={(bounds.y + bounds.height / 2) * scale}
        />
      )}
      <rect x={x} y={y} width={width} height={height} rx={3} fill={mark.colour} />
      <text x={x + width / 2} y={y + 13} textAnchor="middle" fill={inkOn(mark.colour)}>
        {short ? mark.short : mark.full}
      </text>
    </g>
  )
})
