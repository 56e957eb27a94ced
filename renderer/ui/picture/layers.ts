import { useLocalStorage } from '@mantine/hooks'
import { z } from 'zod'
import type { Prediction } from '../../../main/contract/index.ts'

const layersSchema = z.object({ predictions: z.boolean(), names: z.boolean(), masks: z.boolean() })

/** What is drawn over pictures. */
export type Layers = z.infer<typeof layersSchema>
export type Layer = keyof Layers

const all: Layers = { predictions: true, names: true, masks: true }

/** The key that switches each. */
export const layerKeys = { predictions: 'p', names: 'n', masks: 'm' } as const

/** The layers as they were last switched, in every picture of the window, and the switch of each. */
export function useLayers() {
  const [layers, setLayers] = useLocalStorage<Layers>({
    key: 'lineside.layers',
    defaultValue: all,
    getInitialValueInEffect: false,
    deserialize: read
  })
  const toggle = (layer: Layer) => setLayers((now) => ({ ...now, [layer]: !now[layer] }))
  return [layers, toggle] as const
}

function read(stored: string | undefined): Layers {
  try {
    return layersSchema.parse(JSON.parse(stored ?? ''))
  } catch {
    return all
  }
}

/** The layers that there is something to see of. */
export function layersOf(predictions: readonly Prediction[]): Layer[] {
  return predictions.some(({ mask }) => mask?.polygons) ? ['predictions', 'masks', 'names'] : ['predictions', 'names']
}
