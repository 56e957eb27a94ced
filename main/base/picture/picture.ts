/** A decoded picture: 8-bit RGB, row after row from the top left, three bytes a pixel. */
export interface Picture {
  width: number
  height: number
  data: Uint8Array
}

/** Why a picture's bytes are refused. */
export type PictureErrorCode = 'IMAGE_UNREADABLE' | 'IMAGE_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'IMAGE_REFUSED'

/** A picture that cannot or may not be read; whoever sent it is to blame, nothing here is broken. */
export class PictureError extends Error {
  readonly code: PictureErrorCode

  constructor(code: PictureErrorCode, message: string) {
    super(message)
    this.name = 'PictureError'
    this.code = code
  }
}

/** @throws PictureError IMAGE_TOO_LARGE */
export function checkPixels(width: number, height: number, pixelLimit: number): void {
  if (width * height <= pixelLimit) return
  throw new PictureError(
    'IMAGE_TOO_LARGE',
    `the image has ${width} × ${height} = ${width * height} px, the limit is ${pixelLimit} px`
  )
}
