import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { predictAnswer, routes } from '../../main/contract/index.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

const posters = 4

interface Outcome {
  requestId: string
  status: number
  code: string | undefined
  sample: string | undefined
}

let test: TestHost
let picture: Buffer<ArrayBuffer>

beforeAll(async () => {
  test = await TestHost.start()
  const [file = ''] = await samplePictures()
  picture = Buffer.from(await readFile(file))
})
afterAll(() => test.remove())

async function post(slug: string, requestId: string): Promise<Outcome> {
  const response = await test.post(`/v1/inferences/${slug}/predict`, picture, { 'x-request-id': requestId })
  const { status } = response
  if (status !== 200) return { requestId, status, code: (await problemOf(response)).code, sample: undefined }
  const answer = predictAnswer.parse(await response.json())
  expect(answer.requestId).toBe(requestId)
  return { requestId, status, code: undefined, sample: answer.sample?.id ?? undefined }
}

/** Posts without a pause until it is told to stop; gives one outcome for each request that was sent. */
function load(slug: string) {
  const outcomes: Outcome[] = []
  let sent = 0
  let going = true
  const poster = async () => {
    while (going) outcomes.push(await post(slug, `request-${sent++}`))
  }
  const all = Promise.all(Array.from({ length: posters }, poster))
  const answered = () => outcomes.filter(({ status }) => status === 200).length
  return {
    answered,
    stop: async () => {
      going = false
      await all
      return { outcomes, sent }
    }
  }
}

async function enginePid(slug: string): Promise<number | undefined> {
  const { instances, status } = await test.client.call(routes.getInference, { params: { slug } })
  const [instance] = instances
  return status === 'healthy' && instance?.state === 'ready' ? (instance.pid ?? undefined) : undefined
}

it('an engine that is killed under load costs no answer, no sample and not the app', async () => {
  const sampling = { random: { probability: 1 } }
  const { slug } = await test.running('Killed', { sampling, general: { threads: 1, deadlineMs: 30_000 } })
  const traffic = load(slug)
  for (const signal of ['SIGKILL', 'SIGSEGV'] as const) {
    const before = traffic.answered()
    await until('answers flow', async () => (traffic.answered() > before + 3 ? true : undefined))
    const pid = await until('an engine is ready', () => enginePid(slug))
    process.kill(pid, signal)
    await until(`another engine after ${signal}`, async () => {
      const now = await enginePid(slug)
      return now !== undefined && now !== pid ? now : undefined
    })
  }
  const before = traffic.answered()
  await until('answers flow again', async () => (traffic.answered() > before + 3 ? true : undefined))
  const { outcomes, sent } = await traffic.stop()

  expect(outcomes.length).toBe(sent)
  expect(new Set(outcomes.map(({ requestId }) => requestId)).size).toBe(sent)
  const refused = outcomes.filter(({ status }) => status !== 200)
  expect([...new Set(refused.map(({ code }) => code))].filter((code) => code !== 'INFERENCE_NOT_READY')).toEqual([])
  const acknowledged = outcomes.flatMap(({ sample }) => sample ?? [])
  expect(acknowledged.length).toBeGreaterThan(10)

  await expectAllThere(acknowledged)
  const { dataFolder } = test
  await test.stop()
  test = await TestHost.start({ dataFolder })
  await expectAllThere(acknowledged)
}, 120_000)

async function expectAllThere(samples: string[]): Promise<void> {
  const listed = new Set<string>()
  for (let after: string | null | undefined; after !== null;) {
    const page = await test.client.call(routes.listSamples, { query: { limit: 200, after } })
    for (const { id } of page.items) listed.add(id)
    after = page.next
  }
  expect(samples.filter((id) => !listed.has(id))).toEqual([])
  for (const id of samples) {
    const image = await test.fetch(`/v1/samples/${id}/image`)
    expect(Buffer.from(await image.arrayBuffer()).equals(picture)).toBe(true)
  }
}
