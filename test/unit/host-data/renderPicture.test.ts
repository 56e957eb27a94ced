import sharp from 'sharp'
import { expect, it } from 'vitest'
import { forBrowsers, renderPicture } from '../../../main/host/labels/renderPicture.ts'
import { Refusal } from '../../../main/host/refusal.ts'

const pixelLimit = 1_000_000
const plain = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })
const shown = (source: Uint8Array, format: string) =>
  renderPicture({ source, format }, pixelLimit, async (picture) =>
    sharp(await forBrowsers(picture).toBuffer()).metadata()
  )

it('a picture wider than a JPEG can be is shown smaller', async () => {
  const wide = await plain(65_535, 2).tiff({ compression: 'none' }).toBuffer()
  expect(await shown(wide, 'tiff')).toMatchObject({ format: 'jpeg', width: 65_500, height: 2 })
})

it('a damaged picture that the engine takes is shown too', async () => {
  const whole = await plain(320, 240).jpeg().toBuffer()
  const marker = whole.indexOf(Buffer.of(0xff, 0xc4))
  const damaged = Buffer.concat([whole.subarray(0, marker), Buffer.alloc(10), whole.subarray(marker)])
  await expect(sharp(damaged).resize(32).toBuffer()).rejects.toThrow('extraneous')
  expect(await shown(damaged, 'jpeg')).toMatchObject({ width: 320, height: 240 })
})

it('what is no whole picture is refused in words', async () => {
  const whole = await plain(32, 24).png().toBuffer()
  for (const broken of [whole.subarray(0, 40), Buffer.from('nothing')]) {
    const error = await shown(broken, 'png').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refusal)
    expect(error).toMatchObject({ code: 'IMAGE_UNREADABLE' })
  }
})

it('what has more pixels than the limit is refused', async () => {
  await expect(shown(await plain(1001, 1000).png().toBuffer(), 'png')).rejects.toBeInstanceOf(Refusal)
})
