import { expect, type Locator, type Page } from '@playwright/test'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes } from '../../main/contract/index.ts'
import { boardPicture, type Line, type RunningHost } from './lineside.ts'

interface Given {
  page: Page
  host: RunningHost
  line: Line
}

/** Something that can be on the screen. */
export interface Shown {
  /** Of the screen, with its section or dialog. */
  name: string
  /** A part of a longer page. */
  part?: Locator
}

/**
 * Shows every screen, section of the wizard and dialog in turn, in a host with a run, a few predictions and samples.
 * Sections are those that the wizard offers for the sample projects, found as they are.
 */
export async function* everyScreen(given: Given): AsyncGenerator<Shown> {
  const { page, line } = given
  const { slug, project } = await line.sampleInference()
  await line.run(slug)
  for (const name of ['board-01.png', 'board-03.png', 'board-05.png']) await line.post(slug, boardPicture(name))
  const base = `/projects/${project.id}`
  yield* places(page, base, slug, project.name)
  yield* importing(page, base)
  yield* overlays(page, base, slug)
  yield* wizard(given)
}

async function* places(page: Page, base: string, slug: string, project: string): AsyncGenerator<Shown> {
  const screens: [name: string, path: string, heading: string][] = [
    ['projects', '/projects', 'Projects'],
    ['overview', base, project],
    ['center', `${base}/inferences`, 'Inference center'],
    ['center-all', '/inferences', 'All inferences'],
    ['details', `${base}/inferences/${slug}`, 'Health'],
    ['models', `${base}/models`, 'Models'],
    ['samples', `${base}/samples`, 'Label center'],
    ['data', `${base}/data`, 'Data center'],
    ['settings', '/settings', 'Settings'],
    ['not-found', '/nowhere', 'Nothing is at this address']
  ]
  for (const [name, path, heading] of screens) {
    await page.goto(path)
    await expect(page.locator('main').getByText(heading, { exact: true }).first()).toBeVisible()
    yield { name }
  }
  await page.goto(`${base}/samples`)
  await page
    .getByRole('link', { name: /^Sample/ })
    .first()
    .click()
  await expect(page.locator('g[data-class]').first()).toBeVisible()
  yield { name: 'sample' }
}

async function* importing(page: Page, base: string): AsyncGenerator<Shown> {
  await page.goto(`${base}/models/import`)
  await expect(page.getByRole('heading', { name: 'Import model' })).toBeVisible()
  yield { name: 'import-choose' }
  await page.getByLabel('Choose a model file').setInputFiles('resources/sample/bare-boards/bare-boards.onnx')
  await expect(page.getByRole('region', { name: 'How to read this model' })).toBeVisible()
  yield { name: 'import-form' }
  await page.getByLabel('Choose a picture to try the model on').setInputFiles(boardPicture('board-01.png'))
  await expect(page.getByTestId('trial')).toBeVisible()
  yield { name: 'import-trial' }
}

/** Dialogs, menus, the palette and the list of keys. */
async function* overlays(page: Page, base: string, slug: string): AsyncGenerator<Shown> {
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
  const openings: [name: string, path: string, open: () => Promise<void>][] = [
    ['new-project', '/projects', () => button('New project').click()],
    ['delete-project', '/projects', () => chooseLast(page)],
    ['delete-model', `${base}/models`, () => chooseLast(page)],
    ['class-colour', `${base}/models`, () => button(/^Colour of/).click()],
    ['new-key', '/settings', () => button('New key').click()],
    ['palette', `${base}/inferences`, () => button(/^Go to or do/).click()],
    ['keys', `${base}/inferences/${slug}`, () => page.keyboard.press('?')]
  ]
  for (const [name, path, open] of openings) {
    await page.goto(path)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await open()
    await expect(page.getByRole('dialog')).toBeVisible()
    yield { name: `dialog-${name}` }
  }
  await page.goto(`${base}/inferences`)
  await button(/^More for/).click()
  await expect(page.getByRole('menu')).toBeVisible()
  yield { name: 'menu-inference' }
}

/** The last item of the first menu, which deletes. */
async function chooseLast(page: Page) {
  await page
    .getByRole('button', { name: /^More for/ })
    .first()
    .click()
  await page.getByRole('menuitem').last().click()
}

/** The sections of the wizard with all that is in them unfolded; those of each project that the ones before lack. */
async function* wizard({ page, host }: Given): AsyncGenerator<Shown> {
  const { items } = await new ApiClient(host.url, host.token).call(routes.listInferences, {})
  const seen = new Set<string>()
  for (const { project } of items) {
    await page.goto(`/projects/${project.id}/inferences/new`)
    await expect(page.getByRole('heading', { name: 'Set up inference' })).toBeVisible()
    await unfoldAll(page)
    const jumps = page.getByRole('navigation', { name: 'Sections' }).getByRole('button')
    for (const [at, title] of (await jumps.allTextContents()).entries()) {
      if (seen.has(title)) continue
      seen.add(title)
      await jumps.nth(at).click()
      yield { name: `setup-${fileName(title)}`, part: page.locator('main section[id^=section-]').nth(at) }
    }
  }
  yield* wrongAndLeft(page)
}

const fileName = (title: string) => title.trim().toLowerCase().replace(/\W+/g, '-')

async function* wrongAndLeft(page: Page): AsyncGenerator<Shown> {
  const name = page.getByRole('textbox', { name: 'Name', exact: true }).first()
  await name.fill('')
  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  yield { name: 'setup-wrong' }
  await page
    .getByRole('link', { name: /^Models/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  yield { name: 'dialog-leave' }
}

/** Switches on what is off and opens what is closed, until there is nothing more of it. */
async function unfoldAll(page: Page) {
  const main = page.locator('main')
  const closed = main
    .locator('button[aria-expanded=false]:not([aria-haspopup])')
    .or(main.getByRole('switch', { checked: false }))
  for (let left = 40; left > 0 && (await closed.count()) > 0; left -= 1) await closed.first().click()
  for (const add of await main.getByRole('button', { name: /^Add/ }).all()) await add.click()
}
