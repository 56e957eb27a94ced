import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { Size } from '../../../main/contract/index.ts'
import { fitted, heldIn, movedBy, zoomedAt, type Viewport } from './viewport.ts'

/** A point of the area, in px from its top left. */
export interface Point {
  x: number
  y: number
}

/** Where a picture lies in its area, and what moves it there; it fits until someone zooms. */
export function useViewport(image: Size) {
  const area = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [own, setOwn] = useState<Viewport | null>(null)
  const { width, height } = image
  // The same object until something changes: others wait for it to rest.
  const fit = useMemo(() => fitted({ width, height }, size), [width, height, size])
  const view = own ?? fit
  const middle = { x: size.width / 2, y: size.height / 2 }
  const sizeKey = `${width}×${height}`
  const [shownSize, setShownSize] = useState(sizeKey)
  if (sizeKey !== shownSize) {
    setShownSize(sizeKey)
    setOwn(null)
  }
  useEffect(() => {
    const element = area.current
    if (!element) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const change = (next: (now: Viewport) => Viewport) =>
    setOwn((now) => {
      const changed = next(now ?? fit)
      return Math.abs(changed.scale / fit.scale - 1) < 0.001 ? null : heldIn(changed, image, size)
    })
  const zoom = (factor: number, { x, y }: Point = middle) =>
    change((now) => zoomedAt(now, factor, x, y, Math.min(1, fit.scale)))
  return {
    area,
    size,
    view,
    isFitted: own === null,
    zoom,
    pan: (dx: number, dy: number) => setOwn((now) => now && heldIn(movedBy(now, dx, dy), image, size)),
    fit: () => setOwn(null),
    /** One px of the picture on one px of the screen; the whole picture where something else was shown. */
    toggleFull: (at: Point) => (own ? setOwn(null) : zoom(1 / fit.scale, at))
  }
}

export type ViewportState = ReturnType<typeof useViewport>

/** Zoom by the wheel, also as a touchpad's pinch comes. `takes`: whether a turn is meant for the picture. */
export function useWheelZoom({ area, zoom }: ViewportState, takes: (event: WheelEvent) => boolean) {
  const onWheel = useEffectEvent((element: HTMLElement, event: WheelEvent) => {
    if (!takes(event)) return
    event.preventDefault()
    const at = element.getBoundingClientRect()
    // A pinch comes in small steps with the control key held down.
    const pace = event.ctrlKey ? 100 : 400
    const turn = Math.max(-200, Math.min(200, event.deltaY))
    zoom(Math.exp(-turn / pace), { x: event.clientX - at.left, y: event.clientY - at.top })
  })
  useEffect(() => {
    const element = area.current
    if (!element) return
    const listener = (event: WheelEvent) => onWheel(element, event)
    // React listens passively to the wheel, so that the page could not be kept from scrolling.
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [area])
}
