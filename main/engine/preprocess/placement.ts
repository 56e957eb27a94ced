import { PictureError } from '../../base/picture/picture.ts'
import type { Size } from '../../contract/geometry.ts'
import type { InputSpec } from '../../contract/model.ts'

/**
 * Where a picture lies in the network's input: `input = original × scale + offset`, in px.
 * `left`, `top`, `width`, `height` are where the resized picture lies; of a crop it reaches beyond the input.
 */
export interface Placement {
  original: Size
  input: Size
  scaleX: number
  scaleY: number
  left: number
  top: number
  width: number
  height: number
}

/** Rounds halves to the even neighbour, as Python's `round` does; `Math.round` differs at exact halves. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest === 0.5) return below % 2 === 0 ? below : below + 1
  return rest < 0.5 ? below : below + 1
}

/**
 * The letterbox of Ultralytics' ONNX path (square border, scaling up allowed): proportions kept but for the rounding to
 * whole px, the picture in the middle, the odd pixel of the border at the right and bottom. Sources: LetterBox in
 * ultralytics/data/augment.py; scale_boxes in ultralytics/utils/ops.py, which since 2026 goes back by each axis's
 * rounded length, as the picture was resized.
 */
export function letterbox(original: Size, input: Size): Placement {
  const scale = Math.min(input.height / original.height, input.width / original.width)
  const width = Math.max(1, roundHalfEven(original.width * scale))
  const height = Math.max(1, roundHalfEven(original.height * scale))
  return {
    original,
    input,
    scaleX: width / original.width,
    scaleY: height / original.height,
    left: roundHalfEven((input.width - width) / 2 - 0.1),
    top: roundHalfEven((input.height - height) / 2 - 0.1),
    width,
    height
  }
}

/** The picture fills the whole input; the axes scale on their own. */
export function stretch(original: Size, input: Size): Placement {
  return {
    original,
    input,
    scaleX: input.width / original.width,
    scaleY: input.height / original.height,
    left: 0,
    top: 0,
    width: input.width,
    height: input.height
  }
}

/**
 * The picture covers the input, and what is beyond it at both ends of an axis is cut off. For a square input this is
 * torchvision's Resize(shortest edge) and CenterCrop: transforms/functional.py, `_compute_resized_output_size`,
 * `center_crop`.
 * @param share How much of the resized shortest edge is kept; below 1 as in ImageNet's usual 224 of 256.
 */
export function crop(original: Size, input: Size, share = 1): Placement {
  const [wide, high] = [Math.floor(input.width / share), Math.floor(input.height / share)]
  const byWidth = wide * original.height >= high * original.width
  const width = byWidth ? wide : Math.max(wide, Math.floor((high * original.width) / original.height))
  const height = byWidth ? Math.max(high, Math.floor((wide * original.height) / original.width)) : high
  return {
    original,
    input,
    scaleX: width / original.width,
    scaleY: height / original.height,
    left: 0 - roundHalfEven((width - input.width) / 2),
    top: 0 - roundHalfEven((height - input.height) / 2),
    width,
    height
  }
}

/**
 * The placement by the spec's resize rule.
 * @throws PictureError IMAGE_REFUSED where the rule is `none` and the picture has another size
 */
export function place(original: Size, spec: Pick<InputSpec, 'width' | 'height' | 'resize' | 'cropShare'>): Placement {
  const input = { width: spec.width, height: spec.height }
  if (spec.resize === 'letterbox') return letterbox(original, input)
  if (spec.resize === 'crop') return crop(original, input, spec.cropShare)
  const differs = original.width !== input.width || original.height !== input.height
  if (spec.resize === 'none' && differs) throw wrongSize(original, input)
  return stretch(original, input)
}

function wrongSize(original: Size, input: Size): PictureError {
  const sizes = [original, input].map(({ width, height }) => `${width} × ${height} px`)
  return new PictureError(
    'IMAGE_REFUSED',
    `the image has ${sizes[0]}, the model takes ${sizes[1]} and no other size; send that size or choose a resize rule`
  )
}
