import type { InputSpec } from '../../contract/model.ts'
import type { Picture } from '../../base/picture/picture.ts'
import { AntialiasedRows } from './antialiasedRows.ts'
import { AreaRows } from './areaRows.ts'
import { BilinearRows } from './bilinearRows.ts'
import { NearestRows } from './nearestRows.ts'
import { place, type Placement } from './placement.ts'
import { PlainRows } from './plainRows.ts'
import { visibleWindow, type RowSource, type Window } from './rowSource.ts'
import { UnroundedRows } from './unroundedRows.ts'

/** The order of a tensor's axes: channels before height and width, or after them. */
export type TensorLayout = 'nchw' | 'nhwc'

/**
 * Turns pictures into a network's input in one pass: resize, border, channel order, `(pixel × scale − mean) / std`,
 * and transposition. Keeps its tables and row buffers from picture to picture; not for use by two callers at a time.
 */
export class Preprocessor {
  readonly #spec: InputSpec
  readonly #lookUp: Float32Array[]
  readonly #plain = new PlainRows()
  readonly #resized: RowSource | UnroundedRows
  /** From one px to the next, and from one channel to the next. */
  readonly #pixelStep: number
  readonly #channelStep: number

  constructor(spec: InputSpec, layout: TensorLayout = 'nchw') {
    this.#spec = spec
    this.#lookUp = Array.from({ length: spec.channels === 'gray' ? 1 : 3 }, (_, c) => lookUpTable(spec, c))
    this.#resized = rowSource(spec.interpolation)
    this.#pixelStep = layout === 'nchw' ? 1 : this.channels
    this.#channelStep = layout === 'nchw' ? spec.width * spec.height : 1
  }

  get channels(): number {
    return this.#lookUp.length
  }

  /** How many numbers an input has. */
  get length(): number {
    return this.channels * this.#spec.width * this.#spec.height
  }

  /**
   * @param data Filled whole, as `[channels, height, width]` or `[height, width, channels]`; of this one's `length`.
   * @returns Where the picture lies in it.
   * @throws PictureError IMAGE_REFUSED where the spec takes no other size than its own
   */
  prepare(picture: Picture, data: Float32Array): Placement {
    const placement = place({ width: picture.width, height: picture.height }, this.#spec)
    const window = visibleWindow(placement)
    this.#fillBorder(data, placement, window)
    const source = this.#sourceFor(picture, placement)
    source.start(picture, placement, window)
    const left = placement.left + window.left
    for (let y = window.top; y < window.bottom; y++) {
      const [row, px] = [source.row(y), (placement.top + y) * placement.input.width + left]
      if (row instanceof Float32Array) this.#writeValues(row, data, px)
      else this.#writeRow(row, data, px)
    }
    return placement
  }

  /** Unrounded values become grey without rounding, which px do not. */
  #sourceFor({ width, height }: Picture, placement: Placement): RowSource | UnroundedRows {
    const isResized = placement.width !== width || placement.height !== height
    return isResized || this.#resized instanceof UnroundedRows ? this.#resized : this.#plain
  }

  #fillBorder(data: Float32Array, { input, left, top }: Placement, window: Window): void {
    const [first, end] = [left + window.left, left + window.right]
    const [firstRow, endRow] = [top + window.top, top + window.bottom]
    this.#fillRun(data, 0, firstRow * input.width)
    this.#fillRun(data, endRow * input.width, input.height * input.width)
    if (first === 0 && end === input.width) return
    for (let y = firstRow; y < endRow; y++) {
      this.#fillRun(data, y * input.width, y * input.width + first)
      this.#fillRun(data, y * input.width + end, (y + 1) * input.width)
    }
  }

  /** The border's value for the px from one to before another, counted row after row. */
  #fillRun(data: Float32Array, from: number, to: number): void {
    const [step, channelStep] = [this.#pixelStep, this.#channelStep]
    this.#lookUp.forEach((values, c) => {
      const value = values[this.#spec.pad] ?? 0
      if (step === 1) data.fill(value, c * channelStep + from, c * channelStep + to)
      else for (let px = from; px < to; px++) data[px * step + c] = value
    })
  }

  /** As #writeRow, of values between those that the tables are for. */
  #writeValues(values: Float32Array, data: Float32Array, px: number): void {
    const { scale, mean, std, channels } = this.#spec
    const step = this.#pixelStep
    for (let c = 0; c < this.channels; c++) {
      const [shift, divisor] = [mean[c] ?? mean[0] ?? 0, std[c] ?? std[0] ?? 1]
      const from = channels === 'bgr' ? 2 - c : c
      let to = px * step + c * this.#channelStep
      for (let at = 0; at < values.length; at += 3, to += step) {
        const value = channels === 'gray' ? weighted(values, at) / 32768 : (values[at + from] ?? 0)
        data[to] = (value * scale - shift) / divisor
      }
    }
  }

  /** @param px The tensor's px that the row begins at. */
  #writeRow(pixels: Uint8Array, data: Float32Array, px: number): void {
    const [step, second, third] = [this.#pixelStep, this.#channelStep, 2 * this.#channelStep]
    const [a, b, c] = this.#lookUp
    if (!a) return
    let to = px * step
    if (!b || !c) {
      for (let at = 0; at < pixels.length; at += 3, to += step) data[to] = a[luma(pixels, at)] ?? 0
      return
    }
    const firstChannel = this.#spec.channels === 'bgr' ? 2 : 0
    const lastChannel = 2 - firstChannel
    for (let at = 0; at < pixels.length; at += 3, to += step) {
      data[to] = a[pixels[at + firstChannel] ?? 0] ?? 0
      data[to + second] = b[pixels[at + 1] ?? 0] ?? 0
      data[to + third] = c[pixels[at + lastChannel] ?? 0] ?? 0
    }
  }
}

function rowSource(interpolation: InputSpec['interpolation']): RowSource | UnroundedRows {
  if (interpolation === 'nearest') return new NearestRows()
  if (interpolation === 'area') return new AreaRows()
  if (interpolation === 'bilinear-unrounded') return new UnroundedRows()
  return interpolation === 'bilinear' ? new BilinearRows() : new AntialiasedRows()
}

/** Grey value by ITU-R BT.601, in the fixed-point weights of OpenCV's RGB2GRAY. */
function luma(pixels: Uint8Array, at: number): number {
  return (weighted(pixels, at) + 16384) >> 15
}

/** The grey value of three channels times 32 768. */
function weighted(pixels: Uint8Array | Float32Array, at: number): number {
  return (pixels[at] ?? 0) * 9798 + (pixels[at + 1] ?? 0) * 19235 + (pixels[at + 2] ?? 0) * 3735
}

/** The tensor's value for each of the 256 pixel values. */
function lookUpTable({ scale, mean, std }: InputSpec, channel: number): Float32Array {
  const shift = mean[channel] ?? mean[0] ?? 0
  const divisor = std[channel] ?? std[0] ?? 1
  return Float32Array.from({ length: 256 }, (_, pixel) => (pixel * scale - shift) / divisor)
}
