import { expect, type Locator, type Page } from '@playwright/test'
import { boardPicture, test } from './lineside.ts'

const boards = 'resources/sample/bare-boards/bare-boards.onnx'

/** Presses Tab until the element has the focus, which is always in sight on the way. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`Tab does not reach ${String(target)}`)
}

/** Goes to a button or link by Tab and presses it. */
async function press(page: Page, target: Locator) {
  await tabTo(page, target)
  await expect(target).toBeFocused()
  expect(await target.evaluate((element) => element.matches(':focus-visible')), String(target)).toBe(true)
  await page.keyboard.press('Enter')
}

/** Goes to a field by Tab and types into it in place of what is there. */
async function type(page: Page, target: Locator, text: string) {
  await tabTo(page, target)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

/** Presses a button that opens the system's dialog for files, and chooses one there. */
async function chooseFile(page: Page, button: Locator, path: string) {
  const dialog = page.waitForEvent('filechooser')
  await press(page, button)
  await (await dialog).setFiles(path)
}

/** Whoever works by keyboard goes on from where they were: the focus is never dropped to the page's top. */
async function expectFocusKept(page: Page, after: string) {
  const focused = () => page.evaluate(() => document.activeElement?.tagName ?? 'BODY')
  await expect.poll(focused, { message: `focus after ${after}`, timeout: 5000 }).not.toBe('BODY')
}

test('from a new project to its first sample by keyboard alone', async ({ lineside: page, line }) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const link = (name: string) => page.getByRole('link', { name, exact: true })
  await press(page, link('Projects').first())
  await press(page, button('New project'))
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(button('New project')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Gate 9')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Gate 9' })).toBeVisible()
  await expectFocusKept(page, 'creating the project')

  await press(page, link('Import model').first())
  await expect(page.getByRole('heading', { name: 'Import model' })).toBeVisible()
  await expectFocusKept(page, 'following a link')
  await chooseFile(page, button('Choose file'), boards)
  await expect(page.getByRole('region', { name: 'How to read this model' })).toBeVisible()
  await expectFocusKept(page, 'choosing a model')
  await chooseFile(page, button('Choose picture'), boardPicture('board-01.png'))
  await expect(page.getByTestId('trial')).toBeVisible()
  await expectFocusKept(page, 'choosing a picture')
  await press(page, button('Save model'))
  await expect(page.getByRole('row', { name: /bare-boards.*Default/ })).toBeVisible()
  await expectFocusKept(page, 'saving the model')

  await press(page, link('Inference center'))
  await press(page, link('Set up inference').first())
  await expect(page.getByRole('heading', { name: 'Set up inference' })).toBeVisible()
  await expectFocusKept(page, 'opening the wizard')
  await type(page, page.getByRole('textbox', { name: 'Name', exact: true }), 'Gate check')
  await press(page, page.getByRole('navigation', { name: 'Sections' }).getByRole('button', { name: 'Sampling' }))
  await type(page, page.getByRole('region', { name: 'Sampling' }).getByRole('textbox', { name: /^Share of/ }), '100')
  await press(page, button('Run inference'))
  await expect(page.getByRole('heading', { name: 'Gate check' })).toBeVisible()
  await expectFocusKept(page, 'running the inference')
  await expect(page.locator('h1 ~ [data-status="healthy"]')).toBeVisible()

  await chooseFile(page, button('Drop a picture to try it'), boardPicture('board-01.png'))
  await expect(page.getByTestId('tried')).toContainText(/[1-9]\d* predictions?/)
  await expectFocusKept(page, 'trying a picture')
  await line.post('gate-check', boardPicture('board-03.png'))
  await press(page, link('See'))
  await press(page, page.getByRole('link', { name: /^Sample/ }).first())
  await expect(page.getByText('Recorded because')).toBeVisible()
  await expectFocusKept(page, 'opening the sample')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: /^Sample/ })).toBeFocused()

  await press(page, page.getByRole('link', { name: /^Inference center/ }).first())
  await press(page, link('Gate check'))
  await press(page, button('Stop inference'))
  await expect(button('Run inference')).toBeVisible()
  await expectFocusKept(page, 'stopping')
})
