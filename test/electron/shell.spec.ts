import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { findElectron, whyNoWindow } from '../../build/electronBinary.mjs'
import { ensureBuilt } from '../../build/ensureBuilt.mjs'

const program = findElectron()
const root = join(import.meta.dirname, '../..')

test.skip(program === null, 'not run: Electron’s binary is not there')
test.skip(whyNoWindow() !== null, `not run: ${whyNoWindow()}`)

let folder: string
let app: ElectronApplication
let page: Page

test.beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'lineside-electron-'))
  app = await _electron.launch({
    executablePath: program!,
    args: ['.', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    cwd: root,
    env: { ...process.env, LINESIDE_DATA: folder, LINESIDE_PORT: '0' }
  })
  page = await app.firstWindow()
})

test.afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

test('the window shows the host’s own page, and its session opens the API', async () => {
  await expect(page).toHaveTitle(/Lineside/)
  expect(new URL(page.url()).hostname).toBe('127.0.0.1')
  expect(await page.evaluate(async () => (await fetch('/v1/projects')).status)).toBe(200)
})

test('the page has the bridge and nothing of Node', async () => {
  expect(await page.evaluate(() => Object.keys(Reflect.get(window, 'lineside') as object))).toEqual(['showInFolder'])
  expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in window))).toEqual([])
})

test('the page leads nowhere but to itself', async () => {
  const home = page.url()
  await page.evaluate(() => {
    window.location.href = 'file:///'
  })
  expect(await page.evaluate(() => window.open('http://127.0.0.1:1/'))).toBeNull()
  expect(page.url()).toBe(home)
  expect(app.windows()).toHaveLength(1)
})

test('the bridge shows nothing outside the data folder', async () => {
  const shown = page.evaluate(() => {
    const bridge = Reflect.get(window, 'lineside') as { showInFolder: (path: string) => Promise<void> }
    return bridge.showInFolder('/')
  })
  await expect(shown).rejects.toThrow('does not lie in the data folder')
})

test('the page may not ask for the camera', async () => {
  const answer = page.evaluate(() => navigator.mediaDevices.getUserMedia({ video: true }))
  await expect(answer).rejects.toThrow()
})

test('an inference runs and predicts in the shell as it does headless', async () => {
  const inferences = new URL('/v1/inferences', page.url()).href
  const { items } = (await (await fetch(inferences)).json()) as { items: { slug: string }[] }
  const one = `${inferences}/${items[0]!.slug}`
  await page.evaluate((url) => fetch(`${url}/start`, { method: 'POST' }), one)
  const status = async () => ((await (await fetch(one)).json()) as { status: string }).status
  await expect.poll(status, { timeout: 30_000 }).toBe('healthy')
  const answer = await fetch(`${one}/predict`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: await readFile(join(root, 'resources/sample/bare-boards/pictures/board-01.png'))
  })
  expect(answer.status).toBe(200)
})
