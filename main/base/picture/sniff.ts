/** The picture formats that are accepted. */
export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'bmp' | 'tiff' | 'gif'

type Test = (bytes: Uint8Array) => boolean

function starts(text: string, offset = 0): Test {
  const codes = Array.from(text, (letter) => letter.charCodeAt(0))
  return (bytes) => codes.every((code, at) => bytes[offset + at] === code)
}

const accepted: [PictureFormat, Test][] = [
  ['jpeg', starts('\xff\xd8\xff')],
  ['png', starts('\x89PNG\r\n\x1a\n')],
  ['webp', (bytes) => starts('RIFF')(bytes) && starts('WEBP', 8)(bytes)],
  ['bmp', starts('BM')],
  ['tiff', (bytes) => starts('II*\0')(bytes) || starts('MM\0*')(bytes)],
  ['gif', (bytes) => starts('GIF87a')(bytes) || starts('GIF89a')(bytes)]
]

const foreign: [string, Test][] = [
  ['PDF', starts('%PDF')],
  ['PostScript', starts('%!PS')],
  ['HEIC or AVIF', starts('ftyp', 4)],
  ['JPEG XL', (bytes) => starts('\xff\x0a')(bytes) || starts('JXL ', 4)(bytes)],
  ['JPEG 2000', (bytes) => starts('jP  ', 4)(bytes) || starts('\xff\x4f\xff\x51')(bytes)],
  ['BigTIFF', (bytes) => starts('II+\0')(bytes) || starts('MM\0+')(bytes)],
  ['ZIP', starts('PK\x03\x04')],
  ['gzip', starts('\x1f\x8b')]
]

/** Tells a picture's format by its first bytes; null where it is none that is accepted. */
export function sniffPicture(bytes: Uint8Array): PictureFormat | null {
  return accepted.find(([, test]) => test(bytes))?.[0] ?? null
}

/**
 * Names a known type of content that is not accepted, such as `SVG`, so that a refusal can say it;
 * null where the bytes are of no type known here.
 */
export function foreignType(bytes: Uint8Array): string | null {
  return foreign.find(([, test]) => test(bytes))?.[0] ?? markupType(bytes)
}

function markupType(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 1024))
    .replace(/^\W*?(?=<)/, '')
    .toLowerCase()
  if (!head.startsWith('<')) return null
  if (head.includes('<svg')) return 'SVG'
  return head.includes('<html') || head.includes('<!doctype html') ? 'HTML' : 'XML'
}
