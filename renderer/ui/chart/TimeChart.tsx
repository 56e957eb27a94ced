import { useElementSize } from '@mantine/hooks'
import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import { nearest, pieces, timeTicks, valueTicks, type ChartPoint } from './chartScale.ts'
import { formatMinutes, formatMoment, formatShortDate } from '../format.ts'
import { useUiScale } from '../uiScale.ts'
import styles from './chart.module.css'

export interface ChartSeries {
  name: string
  /** A variable of the theme. */
  colour: string
  points: readonly ChartPoint[]
}

interface TimeChartProps {
  label: string
  series: readonly ChartSeries[]
  /** Epoch ms. */
  from: number
  to: number
  stepMs: number
  unit: string
  format: (value: number) => string
  /** Said where there is nothing to draw. */
  empty: string
}

/** In px of an ordinary screen. */
const sizes = { height: 168, left: 52, right: 12, top: 8, bottom: 22, tickSpace: 84 }

/** Lines over time with gaps where there was nothing; the values at a moment are read by pointer or by arrow keys. */
export function TimeChart({ label, series, from, to, stepMs, unit, format, empty }: TimeChartProps) {
  const { ref, width } = useElementSize()
  const { height, tickSpace, ...margin } = scaled(useUiScale())
  const [moment, setMoment] = useState<number | null>(null)
  const times = [...new Set(series.flatMap(({ points }) => points.map(({ at }) => at)))].toSorted((a, b) => a - b)
  const values = series.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])))
  const ticks = valueTicks(Math.max(0, ...values))
  const inner = { width: Math.max(1, width - margin.left - margin.right), height: height - margin.top - margin.bottom }
  const x = (at: number) => margin.left + ((at - from) / Math.max(1, to - from)) * inner.width
  const y = (value: number) => margin.top + inner.height * (1 - value / (ticks.at(-1) ?? 1))
  const read = moment === null ? undefined : times[nearest(times, moment)]
  const shown = read ?? newestKnown(series) ?? times.at(-1)
  return (
    <figure className={styles.chart} aria-label={label}>
      <figcaption className={styles.legend} aria-live={read === undefined ? 'off' : 'polite'}>
        <b>{label}</b>
        {series.map(({ name, colour, points }) => (
          <span key={name}>
            <i style={{ background: colour }} />
            {name} <b>{valueAt(points, shown)}</b>
          </span>
        ))}
        <span>{unit}</span>
        <span className={styles.moment}>{shown !== undefined && formatMoment(new Date(shown).toISOString())}</span>
      </figcaption>
      <div
        ref={ref}
        className={styles.area}
        role="slider"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, times.length - 1)}
        aria-valuenow={shown === undefined ? 0 : times.indexOf(shown)}
        aria-valuetext={shown === undefined ? empty : inWords(shown)}
        tabIndex={0}
        onPointerMove={(event) => setMoment(momentOf(event))}
        onPointerLeave={() => setMoment(null)}
        onBlur={() => setMoment(null)}
        onKeyDown={move}
      >
        <svg width={width} height={height} aria-hidden>
          {ticks.map((value) => (
            <g key={value}>
              <line x1={margin.left} x2={width - margin.right} y1={y(value)} y2={y(value)} className={styles.grid} />
              <text x={margin.left - 6} y={y(value) + 4} textAnchor="end">
                {format(value)}
              </text>
            </g>
          ))}
          {timeTicks(from, to, inner.width / tickSpace).map((at) => (
            <text key={at} x={x(at)} y={height - 6} textAnchor="middle">
              {tickText(at, to - from)}
            </text>
          ))}
          {series.map(({ name, colour, points }) =>
            pieces(points, stepMs).map((piece) => (
              <Piece
                key={`${name} ${piece[0]?.at}`}
                points={piece.map(({ at, value }) => [x(at), y(value)])}
                colour={colour}
              />
            ))
          )}
          {read !== undefined && (
            <line x1={x(read)} x2={x(read)} y1={margin.top} y2={height - margin.bottom} className={styles.cursor} />
          )}
        </svg>
        {values.length === 0 && <p className={styles.empty}>{empty}</p>}
      </div>
    </figure>
  )

  function valueAt(points: readonly ChartPoint[], at: number | undefined) {
    const value = points.find((point) => point.at === at)?.value
    return value === undefined || value === null ? '–' : format(value)
  }

  function inWords(at: number) {
    const said = series.map(({ name, points }) => `${name} ${valueAt(points, at)}`)
    return `${formatMoment(new Date(at).toISOString())}: ${said.join(', ')} ${unit}`
  }

  function momentOf(event: PointerEvent<HTMLElement>) {
    const { left } = event.currentTarget.getBoundingClientRect()
    return from + ((event.clientX - left - margin.left) / inner.width) * (to - from)
  }

  function move(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined || times.length === 0) return
    event.preventDefault()
    const present = shown === undefined ? times.length - 1 : times.indexOf(shown)
    setMoment(times[Math.min(times.length - 1, Math.max(0, present + step))] ?? null)
  }
}

function scaled(scale: number): typeof sizes {
  const { height, left, right, top, bottom, tickSpace } = sizes
  return {
    ...{ height: height * scale, tickSpace: tickSpace * scale },
    ...{ left: left * scale, right: right * scale, top: top * scale, bottom: bottom * scale }
  }
}

/** What is read where nobody points: the present span has only just begun, and may hold nothing yet. */
function newestKnown(series: readonly ChartSeries[]): number | undefined {
  const known = series.flatMap(({ points }) => points.filter(({ value }) => value !== null))
  return known.length === 0 ? undefined : Math.max(...known.map(({ at }) => at))
}

/** A line; a point that stands alone is a dot. */
function Piece({ points, colour }: { points: readonly (readonly [number, number])[]; colour: string }) {
  const [only] = points
  if (points.length === 1 && only) return <circle cx={only[0]} cy={only[1]} r={1.75} fill={colour} />
  const path = points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')
  return <polyline points={path} fill="none" stroke={colour} strokeWidth={1.5} strokeLinejoin="round" />
}

const day = 24 * 3_600_000

function tickText(at: number, span: number) {
  return span > 2 * day ? formatShortDate(at) : formatMinutes(at)
}
