import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from '@playwright/test'
import { chromiumSwitches, findChromium } from '../../build/chromium.ts'
import { routes } from '../../main/contract/index.ts'
import { BenchHost } from './benchHost.ts'
import { measureFrames } from './frames.ts'
import { sampleModels } from './sampleModels.ts'
import { percentile, rounded } from './statistics.ts'

const openings = 5
const perSecond = 50
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))

/**
 * The built window in the system's Chromium: from a ready host to the first screen's button with nothing cached, what
 * the browser loads for it, and how long frames take while nothing happens, while predictions come (from an engine that
 * answers at once, so that the machine is the window's), and while somebody types meanwhile.
 */
export async function benchUi(options: { json: boolean; seconds: number }): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('Chromium is missing; set LINESIDE_CHROMIUM to one')
  const browser = await chromium.launch({ executablePath, args: chromiumSwitches() })
  try {
    const opened = []
    while (opened.length < openings) opened.push(await openOnce(browser))
    const times = opened.map(({ ms }) => ms)
    const opening = { p50Ms: percentile(times, 0.5), slowestMs: Math.max(...times), loadedKb: opened[0]?.loadedKb }
    const result = { opening, frames: await live(browser, options.seconds * 1000), conditions: { openings, perSecond } }
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
  } finally {
    await browser.close()
  }
}

/** A host and a browser's profile of their own, so that neither has anything cached. */
async function openOnce(browser: Browser) {
  const host = await BenchHost.start()
  const page = await newPage(browser)
  try {
    const loaded = await weigh(page)
    const started = performance.now()
    await page.goto(host.windowUrl)
    const button = page.getByRole('button', { name: 'Run it' })
    await button.click({ trial: true })
    return { ms: rounded(performance.now() - started, 0), loadedKb: loaded() }
  } finally {
    await page.context().close()
    await host.stop()
  }
}

const newPage = async (browser: Browser) =>
  (await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'en-GB' })).newPage()

/** What comes over the wire from now on, in kB by kind, headers included. */
async function weigh(page: Page) {
  const devTools = await page.context().newCDPSession(page)
  const kinds = new Map<string, string>()
  const bytes: Record<string, number> = {}
  devTools.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type.toLowerCase()))
  devTools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'other'
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength
  })
  await devTools.send('Network.enable')
  return () => {
    const { document = 0, script = 0, stylesheet = 0 } = bytes
    const all = { bundle: document + script + stylesheet, ...bytes }
    return Object.fromEntries(Object.entries(all).map(([kind, sum]) => [kind, rounded(sum / 1000, 1)]))
  }
}

async function live(browser: Browser, ms: number) {
  const host = await BenchHost.start(beside('./instantHost.ts'))
  const page = await newPage(browser)
  try {
    await page.goto(host.windowUrl)
    const [sample] = sampleModels()
    if (!sample) throw new Error('there is no sample model')
    const { items } = await host.client.call(routes.listProjects, {})
    const base = `/projects/${items.find(({ name }) => name === sample.project)?.id ?? ''}/inferences`
    const image = readFileSync(sample.pictures.at(-1) ?? '')
    return await host.running(sample, { instances: 1, threads: 1, queue: 64 }, async ({ endpoint }) => {
      await open(page, `${host.client.url}${base}/bench`, 'Health')
      const idle = await measureFrames(page, () => page.waitForTimeout(ms))
      const posting = postEvery(1000 / perSecond, endpoint, image)
      try {
        const details = await measureFrames(page, () => page.waitForTimeout(ms))
        await open(page, `${host.client.url}${base}`, 'Inference center')
        const center = await measureFrames(page, () => page.waitForTimeout(ms))
        await open(page, `${host.client.url}${base}/new`, 'Set up inference')
        await unfold(page)
        const typing = await measureFrames(page, () => typeEverywhere(page))
        return { idle, details, center, typing, answered: await posting.stop() }
      } finally {
        await posting.stop()
      }
    })
  } finally {
    await page.context().close()
    await host.stop()
  }
}

async function open(page: Page, url: string, heading: string) {
  await page.goto(url)
  await page.getByRole('heading', { name: heading }).first().waitFor()
}

/** Posts at a steady rate; how many were answered. */
function postEvery(ms: number, endpoint: string, image: Buffer<ArrayBuffer>) {
  const waiting = new Set<Promise<unknown>>()
  let answered = 0
  const post = async () => {
    const response = await fetch(endpoint, { method: 'POST', body: image })
    await response.arrayBuffer()
    if (response.ok) answered += 1
  }
  const timer = setInterval(() => {
    const sent = post().finally(() => waiting.delete(sent))
    waiting.add(sent)
  }, ms)
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(waiting)
    return answered
  }
  return { stop }
}

/** Opens what is closed and switches on what is off, so that every field is there. */
async function unfold(page: Page) {
  const main = page.locator('main')
  const closed = main.getByRole('switch', { checked: false }).or(main.locator('[class*=fold][aria-expanded=false]'))
  for (let left = 40; left > 0 && (await closed.count()) > 0; left -= 1) await closed.first().click()
}

async function typeEverywhere(page: Page) {
  const fields = page.locator('main input:is([type=text], :not([type])):not([readonly]):not([disabled]), main textarea')
  for (const field of await fields.all()) {
    await field.focus()
    await page.keyboard.type('1234567890', { delay: 30 })
  }
}
