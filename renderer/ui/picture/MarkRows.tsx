import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Prediction } from '../../../main/contract/index.ts'
import { cx } from '../cx.ts'
import styles from './picture.module.css'

/** A prediction and its place among those of the picture. */
export interface MarkRow {
  prediction: Prediction
  index: number
}

interface MarkRowsProps {
  label: string
  rows: readonly MarkRow[]
  highlighted: number | null
  onHighlight: (index: number | null) => void
  /** What a row says. */
  children: (prediction: Prediction, index: number) => ReactNode
  /** The rows stand beside each other. */
  across?: boolean
  className?: string | undefined
  rowClass?: ((index: number) => string | undefined) | undefined
  /** What comes after the rows, as list items. */
  end?: ReactNode
}

const ends = { Home: -Infinity, End: Infinity }
const down: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, ...ends }
const along: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ...ends }

/**
 * A list of what is drawn in a picture: a row that is pointed at or has the focus lifts its mark, and a mark that is
 * pointed at marks its row. The list is one stop of the tab key; within it arrows move.
 */
export function MarkRows(props: MarkRowsProps) {
  const { label, rows, highlighted, onHighlight, children, rowClass, end, across = false } = props
  const list = useRef<HTMLUListElement>(null)
  const [stop, setStop] = useState(0)
  const stopAt = Math.min(stop, rows.length - 1)
  useEffect(() => {
    if (highlighted !== null) bringIntoSight(list.current, highlighted)
  }, [highlighted])
  return (
    <ul
      ref={list}
      className={cx(styles.rows, across && styles.across, props.className)}
      aria-label={label}
      onKeyDown={(event) => moveFocus(event, across ? along : down)}
    >
      {rows.map(({ prediction, index }, at) => (
        <li key={index}>
          <button
            type="button"
            className={cx(styles.row, rowClass?.(index))}
            tabIndex={at === stopAt ? 0 : -1}
            data-row={index}
            data-on={highlighted === index}
            onPointerEnter={() => onHighlight(index)}
            onPointerLeave={() => onHighlight(null)}
            onFocus={() => {
              setStop(at)
              onHighlight(index)
            }}
            onBlur={() => onHighlight(null)}
          >
            {children(prediction, index)}
          </button>
        </li>
      ))}
      {end}
    </ul>
  )
}

function moveFocus(event: KeyboardEvent<HTMLElement>, steps: Record<string, number>) {
  const step = steps[event.key]
  if (step === undefined) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + step))]
  if (at < 0 || !next) return
  event.preventDefault()
  next.focus()
}

/** Scrolls what the list scrolls in, never the page, and not under the pointer. */
function bringIntoSight(list: HTMLElement | null, index: number) {
  const row = list?.querySelector(`[data-row="${index}"]`)
  const scroller = list && scrollerOf(list)
  if (!row || !scroller || scroller.matches(':hover')) return
  const [outer, inner] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()]
  scroller.scrollTop += Math.min(0, inner.top - outer.top) + Math.max(0, inner.bottom - outer.bottom)
  scroller.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right)
}

function scrollerOf(list: HTMLElement): HTMLElement | null {
  let around: HTMLElement | null = list
  while (around && around.tagName !== 'MAIN') {
    if (getComputedStyle(around).overflow.includes('auto')) return around
    around = around.parentElement
  }
  return null
}
