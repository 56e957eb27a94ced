interface SparklineProps {
  values: readonly number[]
  label: string
  width?: number
  height?: number
}

/** A small line over its area, scaled from zero to its highest value. */
export function Sparkline({ values, label, width = 118, height = 28 }: SparklineProps) {
  const top = Math.max(...values, 1)
  const stepX = width / Math.max(1, values.length - 1)
  const points = values.map((value, index) => {
    const y = height - 1.5 - (value / top) * (height - 4)
    return `${(index * stepX).toFixed(1)},${y.toFixed(1)}`
  })
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ display: 'block', maxWidth: '100%' }}>
      <polygon points={`0,${height} ${points.join(' ')} ${width},${height}`} fill="var(--accent-area)" />
      <polyline points={points.join(' ')} fill="none" stroke="var(--accent)" strokeWidth={1.5} strokeLinejoin="round" />
    </svg>
  )
}
