import type { Box, Size } from '../../contract/geometry.ts'
import type { InputSpec } from '../../contract/model.ts'
import { place } from '../preprocess/placement.ts'
import type { PixelMask } from './pixelMask.ts'
import { interpolation, positives, resized, spanOf, type Plane } from './upsample.ts'

/** Mask prototypes `[channels, height, width]`, over the network's whole input. */
export interface Prototypes {
  channels: number
  width: number
  height: number
  data: Float32Array
}

/** Which part of the prototypes, enlarged by `factor`, the picture fills. */
export interface PrototypeGrid {
  original: Size
  factor: 1 | 2 | 4
  left: number
  top: number
  width: number
  height: number
}

/**
 * Finds the smallest enlargement at which the border's edges lie between cells, as the reference does, taking a cell
 * for 4 px of the input. Source: process_mask_native and scale_masks in ultralytics/utils/ops.py, version 8.4.190.
 */
export function prototypeGrid({ width, height }: Size, original: Size, resize: InputSpec['resize']): PrototypeGrid {
  const at = (times: number) => place(original, { width: width * times, height: height * times, resize })
  const input = at(4)
  const border = (4 * width - input.width) | (4 * height - input.height)
  const halves = border | (border >> 1)
  const factor = halves & 1 ? 4 : halves & 2 ? 2 : 1
  const part = at(factor)
  return { original, factor, left: part.left, top: part.top, width: part.width, height: part.height }
}

/**
 * The pixels of one instance at the original resolution: its combination of the prototypes, enlarged, resized to the
 * original, above zero, within its box. Only what lies in the box is computed.
 * @param box In px of the original image, within it; a pixel is in it by its upper left corner.
 */
export function instanceMask(
  coefficients: Float32Array,
  prototypes: Prototypes,
  grid: PrototypeGrid,
  box: Box
): PixelMask {
  const x = { from: Math.ceil(box.x), to: Math.ceil(box.x + box.width) }
  const y = { from: Math.ceil(box.y), to: Math.ceil(box.y + box.height) }
  if (x.to <= x.from || y.to <= y.from)
    return { left: x.from, top: y.from, width: 0, height: 0, runs: new Int32Array() }
  const columns = interpolation({ start: grid.left, length: grid.width }, grid.original.width, x)
  const rows = interpolation({ start: grid.top, length: grid.height }, grid.original.height, y)
  const plane = enlarged(coefficients, prototypes, grid.factor, spanOf(columns), spanOf(rows))
  return positives(plane, columns, rows, x.from, y.from)
}

type Span = ReturnType<typeof spanOf>

/** The part of the instance's plane, enlarged, that the spans name. */
function enlarged(coefficients: Float32Array, prototypes: Prototypes, factor: number, across: Span, down: Span): Plane {
  if (factor === 1) return combined(coefficients, prototypes, across, down)
  const columns = interpolation({ start: 0, length: prototypes.width }, prototypes.width * factor, across)
  const rows = interpolation({ start: 0, length: prototypes.height }, prototypes.height * factor, down)
  const plane = combined(coefficients, prototypes, spanOf(columns), spanOf(rows))
  return resized(plane, columns, rows, across.from, down.from)
}

/** The sum of the prototypes, each by its coefficient. */
function combined(coefficients: Float32Array, { channels, width, height, data }: Prototypes, x: Span, y: Span): Plane {
  const columns = x.to - x.from
  const plane = new Float32Array(columns * (y.to - y.from))
  for (let channel = 0; channel < channels; channel++) {
    const weight = coefficients[channel] ?? 0
    for (let row = y.from, at = 0; row < y.to; row++) {
      const end = (channel * height + row) * width + x.to
      for (let from = end - columns; from < end; from++, at++) plane[at] = (plane[at] ?? 0) + weight * (data[from] ?? 0)
    }
  }
  return { left: x.from, top: y.from, width: columns, height: y.to - y.from, data: plane }
}
