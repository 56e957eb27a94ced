import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Size } from '../../../main/contract/index.ts'

/** Where the picture lies: screen px = offset + picture px × scale. */
export interface Viewport {
  scale: number
  x: number
  y: number
}

const mostScale = 40

/** The whole picture, centred in its area, at most four times its size. */
export function fitted(image: Size, area: { width: number; height: number }): Viewport {
  const scale = Math.min(area.width / image.width, area.height / image.height, 4)
  return { scale, x: (area.width - image.width * scale) / 2, y: (area.height - image.height * scale) / 2 }
}

/** The same picture, `factor` times as large, with the point under (x, y) where it was. */
export function zoomedAt(view: Viewport, factor: number, x: number, y: number, least: number): Viewport {
  const scale = Math.min(mostScale, Math.max(least, view.scale * factor))
  const ratio = scale / view.scale
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio }
}

/** Zoom at the pointer, pan by dragging, and the keys + − 0; fits the picture until someone zooms. */
export function useViewport(image: Size, interactive: boolean) {
  const area = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [own, setOwn] = useState<Viewport | null>(null)
  const drag = useRef<{ x: number; y: number } | null>(null)
  const fit = fitted(image, size)
  const view = own ?? fit
  const sizeKey = `${image.width}×${image.height}`

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

  const zoom = (factor: number, x: number, y: number) =>
    setOwn((now) => {
      const next = zoomedAt(now ?? fit, factor, x, y, fit.scale)
      return next.scale <= fit.scale * 1.001 ? null : next
    })

  const onWheel = useEffectEvent((element: HTMLElement, event: WheelEvent) => {
    event.preventDefault()
    const at = element.getBoundingClientRect()
    zoom(Math.exp(-event.deltaY / 400), event.clientX - at.left, event.clientY - at.top)
  })
  useEffect(() => {
    const element = area.current
    if (!element || !interactive) return
    const listener = (event: WheelEvent) => onWheel(element, event)
    // React listens passively to the wheel, so that the page could not be kept from scrolling.
    element.addEventListener('wheel', listener, { passive: false })
    return () => element.removeEventListener('wheel', listener)
  }, [interactive])

  const handlers = interactive
    ? {
        onPointerDown: (event: PointerEvent) => {
          if (event.target instanceof Element && event.target.closest('button')) return
          drag.current = { x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        },
        onPointerMove: (event: PointerEvent) => {
          const from = drag.current
          if (!from) return
          drag.current = { x: event.clientX, y: event.clientY }
          setOwn((now) => now && { ...now, x: now.x + event.clientX - from.x, y: now.y + event.clientY - from.y })
        },
        onPointerUp: () => {
          drag.current = null
        },
        onDoubleClick: () => setOwn(null),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key === '+' || event.key === '=') zoom(1.4, size.width / 2, size.height / 2)
          if (event.key === '-') zoom(1 / 1.4, size.width / 2, size.height / 2)
          if (event.key === '0') setOwn(null)
        }
      }
    : {}

  return {
    area,
    size,
    view,
    handlers,
    zoom: (factor: number) => zoom(factor, size.width / 2, size.height / 2),
    reset: () => setOwn(null)
  }
}
