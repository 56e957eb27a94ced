import type { Picture } from '../../../main/base/picture/picture.ts'

/** A value between pixels by the textbook's bilinear interpolation in floats; outside, the border's pixel goes on. */
export function bilinear({ width, height, data }: Picture, x: number, y: number, channel: number): number {
  const pixel = (column: number, row: number) => {
    const inX = Math.min(Math.max(column, 0), width - 1)
    const inY = Math.min(Math.max(row, 0), height - 1)
    return data[(inY * width + inX) * 3 + channel]!
  }
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const [right, down] = [x - left, y - top]
  const upper = pixel(left, top) * (1 - right) + pixel(left + 1, top) * right
  const lower = pixel(left, top + 1) * (1 - right) + pixel(left + 1, top + 1) * right
  return upper * (1 - down) + lower * down
}

/** A channel of the picture resized to these sides, row after row, as floats. */
export function straightResize(picture: Picture, width: number, height: number, channel: number): number[] {
  return Array.from({ length: width * height }, (_, at) => {
    const x = (((at % width) + 0.5) * picture.width) / width - 0.5
    const y = ((Math.floor(at / width) + 0.5) * picture.height) / height - 0.5
    return bilinear(picture, x, y, channel)
  })
}
