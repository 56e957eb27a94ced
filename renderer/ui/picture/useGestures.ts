import { useRef, type MouseEvent, type PointerEvent } from 'react'
import type { Point, ViewportState } from './useViewport.ts'

/** Handlers with which one pointer drags the picture, two pinch it, and a double click shows all of it or all its px. */
export function useGestures({ pan, zoom, toggleFull }: ViewportState) {
  const pressed = useRef(new Map<number, Point>())
  const release = (event: PointerEvent) => void pressed.current.delete(event.pointerId)
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (isOnControl(event) || event.button !== 0) return
      pressed.current.set(event.pointerId, pointOf(event))
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const from = pressed.current.get(event.pointerId)
      if (!from) return
      const to = pointOf(event)
      const other = [...pressed.current].find(([id]) => id !== event.pointerId)?.[1]
      pressed.current.set(event.pointerId, to)
      // A pinch moves the picture as far as the middle of both fingers moves.
      const share = other ? 0.5 : 1
      if (other) zoom(distance(to, other) / Math.max(1, distance(from, other)), middleOf(from, other))
      pan((to.x - from.x) * share, (to.y - from.y) * share)
    },
    onPointerUp: release,
    onPointerCancel: release,
    onDoubleClick: (event: MouseEvent<HTMLElement>) => {
      if (!isOnControl(event)) toggleFull(pointOf(event))
    }
  }
}

const isOnControl = ({ target }: MouseEvent) => target instanceof Element && target.closest('button') !== null

function pointOf({ clientX, clientY, currentTarget }: MouseEvent<HTMLElement>): Point {
  const { left, top } = currentTarget.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

const middleOf = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
