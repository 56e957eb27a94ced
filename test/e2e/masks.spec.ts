import { join } from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { paletteColour, routes, type Prediction, type Task } from '../../main/contract/index.ts'
import { test } from './lineside.ts'

const cases: [task: Task, picture: string][] = [
  ['instance-segmentation', 'plate-defects/pictures/plate-01.jpg'],
  ['semantic-segmentation', 'plate-surface/pictures/surface-01.jpg']
]

interface Point {
  x: number
  y: number
}

/** Whether a point of the picture lies in a prediction's mask, as the host answered it, by the even-odd rule. */
function isInMask({ mask }: Prediction, { x, y }: Point): boolean {
  let inside = false
  for (const ring of (mask?.polygons ?? []).flatMap(({ outer, holes }) => [outer, ...holes])) {
    let [x1 = 0, y1 = 0] = ring.slice(-2)
    for (let at = 0; at < ring.length; at += 2) {
      const [x2, y2] = [ring[at] ?? 0, ring[at + 1] ?? 0]
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside
      ;[x1, y1] = [x2, y2]
    }
  }
  return inside
}

const around = ({ x, y }: Point, by: number) =>
  [-by, 0, by].flatMap((dx) => [-by, 0, by].map((dy) => ({ x: x + dx, y: y + dy })))

/** Where the picture lies in the view, and the labels that hide parts of it. */
async function layoutOf(area: Locator) {
  return area.evaluate((element) => {
    const at = element.getBoundingClientRect()
    const boxOf = (one: Element) => {
      const { left, top, width, height } = one.getBoundingClientRect()
      return { left: left - at.left, top: top - at.top, width, height }
    }
    const picture = element.querySelector('img')
    if (!picture) throw new Error('no picture is shown')
    const hidden = [...element.querySelectorAll('rect, button')].map(boxOf)
    return { view: { width: at.width, height: at.height }, picture: boxOf(picture), hidden }
  })
}

/** Points of the view that lie in one mask alone, away from its outline, and points that lie outside of all. */
async function pointsOf(area: Locator, width: number, predictions: readonly Prediction[]) {
  const { view, picture, hidden } = await layoutOf(area)
  const scale = picture.width / width
  const onPicture = ({ x, y }: Point) => ({ x: (x + 0.5 - picture.left) / scale, y: (y + 0.5 - picture.top) / scale })
  const isHidden = ({ x, y }: Point) =>
    hidden.some(
      (box) => x > box.left - 4 && x < box.left + box.width + 4 && y > box.top - 4 && y < box.top + box.height + 4
    )
  const inside: { point: Point; name: string }[] = []
  const outside: Point[] = []
  for (let y = 8; y < view.height - 8; y += 7) {
    for (let x = 8; x < view.width - 8; x += 7) {
      if (isHidden({ x, y })) continue
      const near = around({ x, y }, 4).map(onPicture)
      const [one, ...others] = predictions.filter((prediction) => near.some((point) => isInMask(prediction, point)))
      if (!one) outside.push({ x, y })
      else if (others.length === 0 && near.every((point) => isInMask(one, point))) {
        inside.push({ point: { x, y }, name: one.class })
      }
    }
  }
  return { inside, outside }
}

async function pixelsOf(page: Page, area: Locator) {
  // The pointer lifts what it stands over.
  await page.mouse.move(0, 0)
  const { data, info } = await sharp(await area.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return ({ x, y }: Point) => [0, 1, 2].map((channel) => data[(y * info.width + x) * 3 + channel] ?? -1)
}

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, at) => value - (b[at] ?? 0)))

const rgbOf = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))

for (const [task, picture] of cases) {
  test(`masks are drawn where they are, and go with their layer: ${task}`, async ({ lineside: page, host, line }) => {
    const client = new ApiClient(host.url, host.token)
    const { items } = await client.call(routes.listInferences, {})
    const { slug, project } = items.find(({ model }) => model.task === task) ?? (await line.sampleInference())
    const { classes } = await client.call(routes.getProject, { params: { id: project.id } })
    await line.run(slug)
    await line.post(slug, join('resources/sample', picture))
    const [newest] = (await client.call(routes.listSamples, { query: { project: project.id } })).items
    if (!newest) throw new Error('nothing was recorded')
    const { image, predictions } = await client.call(routes.getSample, { params: { id: newest.id } })
    await page.goto(`/projects/${project.id}/samples/${newest.id}`)
    const area = page.locator('[data-zoom]')
    await expect(area.locator('g[data-class]').first()).toBeVisible()
    const { inside, outside } = await pointsOf(area, image.width, predictions)
    expect(inside.length).toBeGreaterThan(3)
    expect(outside.length).toBeGreaterThan(50)

    const drawn = await pixelsOf(page, area)
    await page.getByRole('checkbox', { name: 'Predictions' }).uncheck()
    await expect(area.locator('g[data-class]')).toHaveCount(0)
    const plain = await pixelsOf(page, area)
    const tinted = inside.filter(({ point, name }) => {
      const colour = rgbOf(paletteColour(classes.indexOf(name)))
      return distance(drawn(point), colour) < distance(plain(point), colour) - 8
    })
    expect(tinted.length / inside.length).toBeGreaterThan(0.95)
    expect(outside.filter((point) => distance(drawn(point), plain(point)) > 3)).toEqual([])

    await page.getByRole('checkbox', { name: 'Predictions' }).check()
    await expect(area.locator('path[class*=mask]').first()).toBeVisible()
    await page.getByRole('checkbox', { name: 'Masks' }).uncheck()
    await expect(area.locator('path[class*=mask]')).toHaveCount(0)
    await expect(area.locator('g[data-class]').first()).toBeVisible()
  })
}
