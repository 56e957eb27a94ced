interface SparklineProps {
  /** Null where there is nothing to show. */
  values: readonly (number | null)[]
  label: string
  width?: number
  height?: number
  tone?: 'accent' | 'slate'
}

/** A small line over its area, scaled from zero to its highest value, with gaps where there is no value. */
export function Sparkline({ values, label, width = 118, height = 28, tone = 'accent' }: SparklineProps) {
  const top = Math.max(...values.map((value) => value ?? 0), 1)
  const stepX = width / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    if (value === null) return null
    return { x: index * stepX, y: height - 1.5 - (value / top) * (height - 4) }
  })
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      style={{ display: 'block', width: `${width / 16}rem`, maxWidth: '100%' }}
    >
      {pieces(points).map((piece) => (
        <Piece key={piece[0]?.x} piece={piece} floor={height} tone={tone} />
      ))}
    </svg>
  )
}

interface Point {
  x: number
  y: number
}

function Piece({ piece, floor, tone }: { piece: readonly Point[]; floor: number; tone: string }) {
  const line = piece.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  const [first, last] = [piece[0], piece.at(-1)]
  if (!first || !last) return null
  if (piece.length === 1) return <circle cx={first.x} cy={first.y} r={1.5} fill={`var(--${tone})`} />
  const area = `${first.x.toFixed(1)},${floor} ${line} ${last.x.toFixed(1)},${floor}`
  return (
    <>
      <polygon points={area} fill={tone === 'accent' ? 'var(--accent-area)' : 'var(--slate-tint)'} />
      <polyline points={line} fill="none" stroke={`var(--${tone})`} strokeWidth={1.5} strokeLinejoin="round" />
    </>
  )
}

/** Runs of values without a gap. */
function pieces(points: readonly (Point | null)[]): Point[][] {
  const all: Point[][] = [[]]
  for (const point of points) {
    if (point) all.at(-1)?.push(point)
    else if (all.at(-1)?.length) all.push([])
  }
  return all.filter((piece) => piece.length > 0)
}
