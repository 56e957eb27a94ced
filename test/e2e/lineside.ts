import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test as base, type Page } from '@playwright/test'
import { z } from 'zod'
import { ApiClient } from '../../main/cli/apiClient.ts'
import {
  inference,
  list,
  predictAnswer,
  settings,
  type Inference,
  type PredictAnswer
} from '../../main/contract/index.ts'
import { sampleStore } from '../helpers/sampleStore.ts'

const root = join(import.meta.dirname, '../..')
const announced = z.object({ url: z.string(), token: z.string(), openUrl: z.string(), dataFolder: z.string() })

/** A host as `lineside serve` runs it, on a data folder of its own with the sample projects. */
export interface RunningHost extends z.infer<typeof announced> {
  /** Stops it as a person does, and removes its data. */
  stop: () => Promise<void>
  /** Ends it as a loss of power does; its data stay. */
  kill: () => Promise<void>
}

/** A host on a new store with the sample projects. */
export async function startHost(): Promise<RunningHost> {
  return serve(await sampleStore('lineside-e2e-'), '0')
}

/** A host on an empty data folder: the very first start of all. */
export async function startFirstHost(): Promise<RunningHost> {
  return serve(await mkdtemp(join(tmpdir(), 'lineside-e2e-')), '0')
}

/** @param before A host that was killed: this one takes its data and its port. */
export function startAfter(before: RunningHost): Promise<RunningHost> {
  return serve(before.dataFolder, new URL(before.url).port)
}

async function serve(folder: string, port: string): Promise<RunningHost> {
  const args = [join(root, 'main/cli/lineside.ts'), 'serve', '--data', folder, '--port', port, '--json']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(child.stdout), 'line')
  return {
    ...announced.parse(JSON.parse(String(line))),
    stop: async () => {
      await endHost(child, 'SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
    kill: () => endHost(child, 'SIGKILL')
  }
}

async function endHost(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** What line software and tools ask of the host, beside the window. */
export class Line {
  readonly host: RunningHost
  /** As a tool with the host's token. */
  readonly client: ApiClient

  constructor(host: RunningHost) {
    this.host = host
    this.client = new ApiClient(host.url, host.token)
  }

  async sampleInference(): Promise<Inference> {
    const { sampleProject } = settings.parse(await this.#get('/v1/settings'))
    const { items } = list(inference).parse(await this.#get('/v1/inferences'))
    const found = items.find((item) => item.project.id === sampleProject)
    if (!found) throw new Error('the sample project has no inference')
    return found
  }

  /** An inference of another sample project. */
  async otherInference(slug: string): Promise<Inference> {
    const { items } = list(inference).parse(await this.#get('/v1/inferences'))
    const found = items.find((item) => item.slug !== slug)
    if (!found) throw new Error('there is no other inference')
    return found
  }

  async inference(slug: string): Promise<Inference> {
    return inference.parse(await this.#get(`/v1/inferences/${slug}`))
  }

  async start(slug: string) {
    await fetch(`${this.host.url}/v1/inferences/${slug}/start`, { method: 'POST', headers: this.#headers })
  }

  /** Starts the inference and waits until it takes pictures. */
  async run(slug: string) {
    await this.start(slug)
    await expect
      .poll(async () => inference.parse(await this.#get(`/v1/inferences/${slug}`)).status, { timeout: 60_000 })
      .toBe('healthy')
  }

  async stop(slug: string) {
    await fetch(`${this.host.url}/v1/inferences/${slug}/stop`, { method: 'POST', headers: this.#headers })
  }

  /** Posts a picture as line software does: no key, the raw file. */
  async post(slug: string, picture: string) {
    const response = await fetch(`${this.host.url}/v1/inferences/${slug}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'image/png', 'lineside-metadata': '{"Operator":"shift B"}' },
      body: await readFile(picture)
    })
    expect(response.status).toBe(200)
  }

  /** The same, with what the host answers. @param init Of the request, in place of the raw file. */
  async answer(slug: string, picture: string, init: RequestInit = {}): Promise<PredictAnswer> {
    const response = await fetch(`${this.host.url}/v1/inferences/${slug}/predict`, {
      method: 'POST',
      body: await readFile(picture),
      ...init
    })
    expect(response.status).toBe(200)
    return predictAnswer.parse(await response.json())
  }

  async #get(path: string): Promise<unknown> {
    return (await fetch(this.host.url + path, { headers: this.#headers })).json()
  }

  get #headers() {
    return { authorization: `Bearer ${this.host.token}` }
  }
}

/** A picture that ships with the classifier's sample project. */
export const checkPicture = (name: string) => join(root, 'resources/sample/board-check/pictures', name)

/** A picture that ships with the detector's sample project. */
export const boardPicture = (name: string) => join(root, 'resources/sample/bare-boards/pictures', name)

interface Fixtures {
  /** The host starts on an empty data folder. */
  firstStart: boolean
  /** The test has the host refuse something, which a browser writes to its console. */
  refusals: boolean
  host: RunningHost
  /** A page that is signed in; the test fails on an error in its console and on a request to anywhere else. */
  lineside: Page
  line: Line
}

export const test = base.extend<Fixtures>({
  firstStart: [false, { option: true }],
  host: async ({ firstStart }, use) => {
    const host = await (firstStart ? startFirstHost() : startHost())
    await use(host)
    await host.stop()
  },
  baseURL: async ({ host }, use) => use(host.url),
  line: async ({ host }, use) => use(new Line(host)),
  refusals: [false, { option: true }],
  lineside: async ({ page, host, refusals }, use) => {
    const trouble = watchTrouble(page, host.url, refusals)
    await page.goto(host.openUrl)
    // Where the window opens is decided once it knows what there is.
    await page.waitForURL(({ pathname }) => pathname !== '/')
    await use(page)
    expect(trouble).toEqual([])
  }
})

function watchTrouble(page: Page, origin: string, refusals: boolean): string[] {
  const trouble: string[] = []
  page.on('console', (message) => {
    const isRefusal = /^Failed to load resource: the server responded with a status of 4/.test(message.text())
    if (message.type() === 'error' && !(refusals && isRefusal)) trouble.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => trouble.push(`page: ${error.message}`))
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.protocol !== 'blob:' && url.protocol !== 'data:' && url.origin !== origin) {
      trouble.push(`foreign request: ${request.url()}`)
    }
  })
  return trouble
}
