import { expect, type Locator, type Page } from '@playwright/test'
import sharp from 'sharp'
import { routes } from '../../main/contract/index.ts'
import { expectNoViolations } from './axe.ts'
import { block, createBlocks, found, postBlocks } from './blocksPicture.ts'
import { test } from './lineside.ts'
import { clientOf } from './sizesSection.ts'

/** Where the picture lies on the screen, and how large a px of it is. */
async function placeOf(area: Locator) {
  const box = await area.locator('img').boundingBox()
  if (!box) throw new Error('no picture is shown')
  const scale = box.width / (8 * block)
  return { scale, at: (x: number, y: number) => ({ x: box.x + x * scale, y: box.y + y * scale }) }
}

/** The picture's px under a point of the screen. */
async function under(area: Locator, { x, y }: { x: number; y: number }) {
  const { scale, at } = await placeOf(area)
  const corner = at(0, 0)
  return { x: (x - corner.x) / scale, y: (y - corner.y) / scale }
}

async function colourAt(page: Page, { x, y }: { x: number; y: number }) {
  const clip = { x: Math.round(x), y: Math.round(y), width: 1, height: 1 }
  const { data } = await sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data]
}

const centre = (column: number, row: number) => [(column + 0.5) * block, (row + 0.5) * block] as const

test('a picture is drawn, zoomed, panned and switched', async ({ lineside: page, host, line }) => {
  const client = clientOf(host)
  const { project, slug } = await createBlocks(client)
  await line.run(slug)
  const { sample } = await postBlocks(client, slug)
  await page.setViewportSize({ width: 1280, height: 440 })
  await page.goto(`/projects/${project}/samples/${sample?.id}`)
  const area = page.getByRole('group', { name: 'Picture' })
  const words = `${found.red + found.green} predictions: ${found.red} red, ${found.green} green`
  await expect(area.getByRole('img', { name: words })).toBeVisible()

  await test.step('names stand in sight and apart from each other', async () => {
    const outer = await area.boundingBox()
    const rects = await area
      .locator('[data-label] rect')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect))
    expect(rects.length).toBeGreaterThan(8)
    for (const [index, one] of rects.entries()) {
      expect(one.left).toBeGreaterThanOrEqual(outer?.x ?? Infinity)
      expect(one.bottom).toBeLessThanOrEqual((outer?.y ?? 0) + (outer?.height ?? 0))
      const others = rects.slice(index + 1)
      const isCovered = ({ left, right, top, bottom }: DOMRect) =>
        left < one.right && right > one.left && top < one.bottom && bottom > one.top
      expect(others.filter(isCovered)).toEqual([])
    }
  })

  await test.step('rows and marks lift each other', async () => {
    const rows = page.getByRole('list', { name: 'Predictions' }).getByRole('button')
    const lifted = area.locator('g[data-class][data-lifted="true"]')
    await rows.first().focus()
    await expect(lifted).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    await expect(rows.nth(1)).toBeFocused()
    await expect(lifted).toHaveAttribute('data-class', (await rows.nth(1).innerText()).split('\n')[0] ?? '')
    await page.keyboard.press('n')
    const { at } = await placeOf(area)
    const ring = at(...centre(0, 1))
    await page.mouse.move(ring.x, ring.y)
    const marked = page.locator('[data-row][data-on="true"]')
    await expect(marked).toContainText((8 * block * block).toLocaleString('en-GB'))
    const hole = at(...centre(1, 1))
    await page.mouse.move(hole.x, hole.y)
    await expect(marked).toHaveCount(0)
  })

  await test.step('the layers that were switched off stay off, and the hole of a mask is not filled', async () => {
    await page.reload()
    await expect(area.locator('g[data-class]').first()).toBeVisible()
    await expect(page.getByRole('checkbox', { name: 'Names' })).not.toBeChecked()
    await expect(area.locator('[data-label]')).toHaveCount(0)
    const { at } = await placeOf(area)
    expect(await colourAt(page, at(...centre(1, 1)))).toEqual([0, 0, 255])
    expect(await colourAt(page, at(...centre(0, 1)))).not.toEqual([255, 0, 0])
    await page.keyboard.press('p')
    await expect(area.locator('g[data-class]')).toHaveCount(0)
    expect(await colourAt(page, at(...centre(0, 1)))).toEqual([255, 0, 0])
    await page.keyboard.press('p')
  })

  await test.step('the wheel zooms at the pointer; arrows pan, and lead to other samples only while all is seen', async () => {
    const { at } = await placeOf(area)
    const point = at(...centre(2, 3))
    const before = await under(area, point)
    const line = area.locator('path[class*=shape]').first()
    const width = await line.evaluate((element) => getComputedStyle(element).strokeWidth)
    await page.mouse.move(point.x, point.y)
    await page.mouse.wheel(0, -200)
    await page.mouse.wheel(0, -200)
    await expect.poll(async () => Number(await area.getAttribute('data-zoom'))).toBeGreaterThan(80)
    const after = await under(area, point)
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2)
    expect(await line.evaluate((element) => getComputedStyle(element).strokeWidth)).toBe(width)
    await area.focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => (await under(area, point)).x).toBeGreaterThan(after.x + 20)
    await page.mouse.dblclick(point.x, point.y)
    await expect.poll(async () => (await placeOf(area)).scale).toBeLessThan(0.5)
    await page.mouse.dblclick(point.x, point.y)
    await expect(area).toHaveAttribute('data-zoom', '100')
    await page.keyboard.press('0')
    await expect(area).not.toHaveAttribute('data-zoom', '100')
    await page.keyboard.press('?')
    for (const key of ['Zoom in', 'Move the picture', 'Masks or boxes']) {
      await expect(page.getByRole('dialog').getByText(key)).toBeVisible()
    }
    await page.keyboard.press('Escape')
  })

  await test.step('a class has its colour everywhere; it can be chosen and reset', async () => {
    await page.setViewportSize({ width: 1280, height: 720 })
    await page.goto(`/projects/${project}/models`)
    const red = page.getByRole('button', { name: 'Colour of red' })
    await red.click()
    await page.getByLabel('Colour as #rrggbb').fill('#123456')
    await expectNoViolations(page, 'colour of a class')
    await expect(red).toHaveCSS('background-color', 'rgb(18, 52, 86)')
    await page.keyboard.press('Escape')
    await page.goto(`/projects/${project}/inferences/${slug}`)
    const marks = page.locator('g[data-class=red] path[class*=shape]')
    await expect(marks.first()).toHaveAttribute('stroke', '#123456')
    await page.goto(`/projects/${project}/models`)
    await page.getByRole('button', { name: 'Reset all colours' }).click()
    await expect(red).toHaveCSS('background-color', 'rgb(0, 114, 178)')
    const stored = await client.call(routes.getProject, { params: { id: project } })
    expect(stored.colours[0]).toBe('#0072b2')
  })
})
