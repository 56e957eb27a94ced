import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes } from '../../main/contract/index.ts'
import { de } from '../../renderer/ui/words/de.ts'
import { en } from '../../renderer/ui/words/en.ts'
import { expectNoViolations } from './axe.ts'
import { boardPicture, test, type RunningHost } from './lineside.ts'

test.use({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Object.values(z.record(z.string(), z.unknown()).parse(value)).flatMap(textsOf)
}

/** What fills a text aside; a part of a single word may be part of anything. */
const partsOf = (text: string) =>
  text
    .split(/\{\{\w+\}\}|<\/?\w+>/)
    .map((part) => part.trim())
    .filter((part) => /\p{L}+\P{L}+\p{L}+/u.test(part))

const german = new Set(textsOf(de))
const english = textsOf(en).filter((text) => !german.has(text))
const germanText = [...german].join('\n')
const englishParts = [...new Set(english.flatMap(partsOf))].filter((part) => !germanText.includes(part))

/** Keys of metadata, which are whoever's gave them. */
const given = ['Location', 'Operator', 'run']

/** What can be seen or heard, but for what the host says and code that is copied. */
async function said(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const spoken = ['aria-label', 'aria-valuetext', 'placeholder', 'title', 'alt', 'data-hint']
    const elements = [...document.querySelectorAll('body *')]
    const shown = elements.filter((one) => !one.closest('body [lang=en], pre, code, script') && one.checkVisibility())
    return shown.flatMap((element) => [
      ...[...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : [])),
      ...spoken.flatMap((name) => element.getAttribute(name) ?? [])
    ])
  })
}

/** Buttons, pills and heads of columns whose text has no room. */
async function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tight = 'button, th, [role=tab], [data-status], [class*=Button-label], [class*=SegmentedControl-label]'
    const shown = [...document.querySelectorAll(tight)].filter((one) => one.checkVisibility())
    const { scrollWidth, clientWidth } = document.documentElement
    return [
      ...shown
        .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
        .map((one) => one.textContent),
      ...(scrollWidth > clientWidth ? [`the page: ${scrollWidth} > ${clientWidth}`] : [])
    ]
  })
}

async function expectGerman(page: Page, screen: string) {
  const texts = (await said(page)).map((text) => text.trim())
  const left = [
    ...texts.filter((text) => english.includes(text) && !given.includes(text)),
    ...texts.flatMap((text) => englishParts.filter((part) => text.includes(part)))
  ]
  expect.soft(left, `English on ${screen}`).toEqual([])
  expect.soft(await clipped(page), `no room on ${screen}`).toEqual([])
}

/** Its setup has every section, that of size measurement too. */
async function segmentingProject(host: RunningHost): Promise<string> {
  const { items } = await new ApiClient(host.url, host.token).call(routes.listInferences, {})
  return items.find(({ model }) => model.task === 'instance-segmentation')?.project.id ?? ''
}

/** Switches on what is off and opens what is closed. */
async function unfoldAll(page: Page) {
  const main = page.locator('main')
  const closed = main
    .locator('button[aria-expanded=false]:not([aria-haspopup])')
    .or(main.getByRole('switch', { checked: false }))
  for (let left = 30; left > 0 && (await closed.count()) > 0; left -= 1) await closed.first().click()
}

test('German, chosen by keyboard, is on every screen and fits there', async ({ lineside: page, line, host }) => {
  const { slug, project } = await line.sampleInference()
  const running = line.run(slug)
  await page.goto('/settings')
  const language = page.getByRole('radiogroup', { name: 'Language' })
  await language.getByRole('radio', { name: 'As the system' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeFocused()
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  await expect(page).toHaveTitle('Einstellungen – Lineside')
  await expect(page.getByText('Label-Speicher')).toBeVisible()
  await expectGerman(page, 'settings')
  await expectNoViolations(page, 'settings')

  await running
  await line.post(slug, boardPicture('board-01.png'))
  await line.post(slug, boardPicture('board-03.png'))
  const base = `/projects/${project.id}`
  for (const [path, loaded] of [
    ['/projects', /2.Stichproben/],
    [base, '2 Stichproben sind aufgezeichnet.'],
    [`${base}/models`, 'YOLO-Detektor'],
    [`${base}/data`, 'Herkunft'],
    [`${base}/inferences`, 'Läuft'],
    [`${base}/inferences/${slug}`, 'das Modell wird geladen'],
    [`${base}/samples`, '2 Stichproben']
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(loaded, { exact: true }).first()).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expectGerman(page, path)
  }
  await page
    .getByRole('link', { name: /^Stichprobe/ })
    .first()
    .click()
  await expect(page.getByText('Aufgezeichnet wegen')).toBeVisible()
  await expect(page.getByText(/^0,\d\d$/).first()).toBeVisible()
  await expectGerman(page, 'a sample')

  await page.goto(`/projects/${await segmentingProject(host)}/inferences/new`)
  await expect(page.getByRole('heading', { name: 'Inferenz einrichten' })).toBeVisible()
  await unfoldAll(page)
  await expectGerman(page, 'the wizard')
  const floor = page.getByRole('textbox', { name: 'Mindestkonfidenz', exact: true })
  await expect(floor).toHaveValue(/^0,\d+$/)
  for (const [typed, shown] of [
    ['0.35', '0,35'],
    ['0,05', '0,05'],
    ['1.5', '1,5']
  ] as const) {
    await floor.press('ControlOrMeta+A')
    await floor.pressSequentially(typed)
    await expect(floor).toHaveValue(shown)
  }
  await floor.press('Tab')
  await expect(page.getByText('Der größte Wert ist 1.')).toBeVisible()
})
