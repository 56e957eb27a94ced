import { Checkbox } from '@mantine/core'
import { IconEye, IconMinus, IconPlus, IconShape, IconTag } from '@tabler/icons-react'
import { formatShare } from '../format.ts'
import { useWords } from '../words/useWords.ts'
import { layerKeys, useLayers, type Layer, type Layers } from './layers.ts'
import type { ViewportState } from './useViewport.ts'
import styles from './picture.module.css'

const icons = { predictions: IconEye, masks: IconShape, names: IconTag } as const

interface LayersProps {
  offered: readonly Layer[]
  layers: Layers
  toggle: (layer: Layer) => void
}

/** Switches of the layers within a picture. */
export function LayerButtons({ offered, layers, toggle }: LayersProps) {
  const { t } = useWords()
  return (
    <div className={styles.layerBar} role="group" aria-label={t('picture.layers')}>
      {offered.map((layer) => {
        const Icon = icons[layer]
        return (
          <button
            key={layer}
            type="button"
            aria-label={t(`picture.layer.${layer}`)}
            title={`${t(`picture.layer.${layer}`)} (${layerKeys[layer].toUpperCase()})`}
            aria-pressed={layers[layer]}
            disabled={layer !== 'predictions' && !layers.predictions}
            onClick={() => toggle(layer)}
          >
            <Icon size={16} aria-hidden />
          </button>
        )
      })}
    </div>
  )
}

/** The same switches in words, for the tools of a screen that is about one picture. */
export function LayerChecks({ offered }: { offered: readonly Layer[] }) {
  const { t } = useWords()
  const [layers, toggle] = useLayers()
  return offered.map((layer) => (
    <Checkbox
      key={layer}
      size="xs"
      label={t(`picture.layer.${layer}`)}
      checked={layers[layer]}
      disabled={layer !== 'predictions' && !layers.predictions}
      onChange={() => toggle(layer)}
    />
  ))
}

/** How large the picture is shown; a press on the number fits it. */
export function ZoomControls({ viewport: { view, zoom, fit } }: { viewport: ViewportState }) {
  const { t } = useWords()
  return (
    <div className={styles.zoom}>
      <button type="button" aria-label={t('picture.zoomOut')} onClick={() => zoom(1 / 1.5)}>
        <IconMinus size={16} aria-hidden />
      </button>
      <button type="button" title={t('picture.fit')} onClick={fit}>
        {formatShare(view.scale)}
      </button>
      <button type="button" aria-label={t('picture.zoomIn')} onClick={() => zoom(1.5)}>
        <IconPlus size={16} aria-hidden />
      </button>
    </div>
  )
}
