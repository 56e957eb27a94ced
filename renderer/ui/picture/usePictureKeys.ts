import type { KeyboardEvent } from 'react'
import { useScreenKeys, type ScreenKey } from '../keys.ts'
import { useWords } from '../words/useWords.ts'
import { layerKeys, type Layer } from './layers.ts'
import type { ViewportState } from './useViewport.ts'

const step = 48
const arrows: Record<string, [dx: number, dy: number]> = {
  ArrowLeft: [step, 0],
  ArrowRight: [-step, 0],
  ArrowUp: [0, step],
  ArrowDown: [0, -step]
}

/**
 * A picture's keys, listed with those of its screen. Where the screen is about nothing else they act wherever the focus
 * is, else while the picture has it. The answered handler is for the picture: there arrows pan, unless all of it is seen.
 */
export function usePictureKeys(
  viewport: ViewportState,
  layers: readonly Layer[],
  toggle: (layer: Layer) => void,
  alone: boolean
) {
  const { t } = useWords()
  const { zoom, fit, pan, isFitted } = viewport
  const keys: ScreenKey[] = [
    { key: '+', also: '=', label: t('picture.zoomIn'), act: () => zoom(1.5) },
    { key: '-', label: t('picture.zoomOut'), act: () => zoom(1 / 1.5) },
    { key: '0', label: t('picture.fit'), act: fit },
    { key: 'Arrows', label: t('picture.pan'), act: () => {} },
    ...layers.map((layer) => ({
      key: layerKeys[layer],
      label: t(`picture.toggle.${layer}`),
      act: () => toggle(layer)
    }))
  ]
  useScreenKeys(keys, alone)
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const by = arrows[event.key]
    const found = alone ? undefined : keys.find(({ key, also }) => key === event.key || also === event.key)
    if ((!by || isFitted) && !found) return
    event.preventDefault()
    if (by) pan(...by)
    else found?.act()
  }
}
