import type { InputSpec, Size } from '../../contract/index.ts'

/**
 * Where a picture lies in the network's input: `input = original × scale + offset`, in px.
 * `left`, `top`, `width`, `height` are the part of the input that the picture fills.
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
 * The letterbox of Ultralytics' ONNX path (square border, scaling up allowed): one scale for both axes, the picture in
 * the middle, the odd pixel of the border at the right and bottom. Source: LetterBox in ultralytics/data/augment.py.
 */
export function letterbox(original: Size, input: Size): Placement {
  const scale = Math.min(input.height / original.height, input.width / original.width)
  const width = Math.max(1, roundHalfEven(original.width * scale))
  const height = Math.max(1, roundHalfEven(original.height * scale))
  return {
    original,
    input,
    scaleX: scale,
    scaleY: scale,
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

/** The placement by the spec's resize rule. */
export function place(original: Size, spec: Pick<InputSpec, 'width' | 'height' | 'resize'>): Placement {
  const input = { width: spec.width, height: spec.height }
  return spec.resize === 'letterbox' ? letterbox(original, input) : stretch(original, input)
}
