import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  predictAnswer,
  routes,
  type Inference,
  type NewSetupInput,
  type OutputHealth,
  type PredictAnswer
} from '../../main/contract/index.ts'
import { addBoardModel } from '../helpers/boardModels.ts'
import { Receiver } from '../helpers/receiver.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

const key = randomBytes(24)
const secret = `whsec_${key.toString('base64')}`

let test: TestHost
let picture: Uint8Array<ArrayBuffer>
let receiver: Receiver

beforeAll(async () => {
  test = await TestHost.start()
  const [, file = ''] = await samplePictures()
  picture = new Uint8Array(await readFile(file))
})
afterAll(() => test.remove())
beforeEach(async () => {
  receiver = await Receiver.start(key)
})
afterEach(() => receiver.down())

const webhook = (changes: object = {}) => ({
  kind: 'webhook' as const,
  name: 'Gate',
  url: receiver.url,
  secret,
  ...changes
})

function predict(slug: string, isTry = false): Promise<PredictAnswer> {
  const query = isTry ? { try: 'true' as const } : {}
  return test.client.send(routes.predict, { params: { slug }, query }, picture)
}

const get = (slug: string) => test.client.call(routes.getInference, { params: { slug } })

const listed = async (path: string) => (await test.fetch(path)).text()

/** With a webhook, and not running. */
async function created(name: string): Promise<Inference> {
  const { project, model } = await test.detector()
  const body = { project: project.id, model: model.id, type: 'api' as const, name, outputs: [webhook()] }
  return test.client.call(routes.createInference, { body })
}

/** *Test connection*. */
function tryOut(body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return test.fetch('/v1/outputs/test', { method: 'POST', headers, body: JSON.stringify(body) })
}

function untilOutput(slug: string, isSo: (health: OutputHealth) => boolean): Promise<OutputHealth> {
  return until(`the output of ${slug}`, async () => {
    const [health] = (await get(slug)).outputs
    return health && isSo(health) ? health : undefined
  })
}

describe('a webhook of a run', () => {
  it('sends every answer of the line, signed, and no try', async () => {
    const { slug } = await test.running('Sent on', { outputs: [webhook()] })
    await predict(slug, true)
    const answers = [await predict(slug), await predict(slug)]
    expect(await untilOutput(slug, ({ delivered }) => delivered === 2)).toMatchObject({ state: 'ok', name: 'Gate' })
    const bodies = receiver.received.map(({ body }) => predictAnswer.parse(body))
    const bare = (answer: PredictAnswer) => ({
      ...answer,
      predictions: answer.predictions.map(({ mask: _, ...one }) => one)
    })
    expect(bodies).toEqual(answers.map(bare))
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
  })

  it('is sent only the verdicts that it asks for', async () => {
    const verdict = { rules: [] }
    const outputs = [
      webhook({ when: { verdicts: ['NG', 'WARN'] } }),
      webhook({ name: 'All OK', when: { verdicts: ['OK'] } })
    ]
    const { slug } = await test.running('Chosen', { outputs, verdict })
    await predict(slug)
    await until('the OK', async () => ((await get(slug)).outputs[1]?.delivered === 1 ? true : undefined))
    expect((await get(slug)).outputs[0]).toMatchObject({ state: 'idle', delivered: 0, queued: 0 })
  })

  it('that is dead leaves the inference healthy, says so, and sends what waits when the run ends', async () => {
    await receiver.down()
    const { slug } = await test.running('Dead', { outputs: [webhook()] })
    const { requestId } = await predict(slug)
    const failing = await untilOutput(slug, ({ state }) => state === 'failing')
    expect(failing.lastError).toMatch(/^nothing listens at/)
    expect((await get(slug)).status).toBe('healthy')
    expect(await (await test.fetch('/metrics')).text()).toContain(
      `lineside_output_failing{inference="${slug}",output="Gate"} 1`
    )
    await receiver.up()
    await test.client.call(routes.stopInference, { params: { slug } })
    await until('the last result', async () => receiver.received[0])
    expect(receiver.received[0]?.body).toMatchObject({ requestId })
  })
})

describe('a secret', () => {
  it('never comes back, stays when a setup is written as it was read, and lies in no log and no run', async () => {
    const { slug } = await created('Secretive')
    const params = { slug }
    const read = await (await test.fetch(`/v1/inferences/${slug}/setup`)).text()
    const setup = await test.client.call(routes.getSetup, { params })
    expect(setup.outputs).toMatchObject([{ name: 'Gate', hasSecret: true }])
    const outputs = setup.outputs.map((output) => ({ ...output, name: 'Door' }))
    await test.client.call(routes.changeSetup, { params, body: { ...setup, name: 'Other', outputs } })
    await test.client.call(routes.startInference, { params })
    await test.untilStatus(slug, 'healthy')
    await predict(slug)
    await untilOutput(slug, ({ delivered, name }) => name === 'Door' && delivered === 1)
    expect(receiver.received[0]?.isSigned).toBe(true)
    const shown = [read, await listed('/v1/inferences'), await listed('/v1/runs'), await logsOf(test)]
    expect(shown.join()).not.toContain(key.toString('base64'))
  })

  it('stays with its output when a run goes over to another model', async () => {
    const { slug } = await test.running('Switched', { outputs: [webhook()] })
    const { id } = await addBoardModel(test, { name: 'The same', version: '2' })
    await test.client.call(routes.switchModel, { params: { slug }, body: { model: id } })
    await until('the other model', async () => ((await get(slug)).model.id === id ? true : undefined))
    await predict(slug)
    await untilOutput(slug, ({ delivered }) => delivered === 1)
    const [output] = (await test.client.call(routes.getSetup, { params: { slug } })).outputs
    await tryOut({ output, inference: slug })
    expect(receiver.received.map(({ isSigned, event }) => [isSigned, event])).toEqual([
      [true, 'prediction'],
      [true, 'test']
    ])
    expect(await listed('/v1/runs')).not.toContain(key.toString('base64'))
  }, 60_000)

  it('is not taken over by a copy, which must be given its own', async () => {
    const { slug } = await created('First')
    const setup = await test.client.call(routes.getSetup, { params: { slug } })
    const copy: NewSetupInput = { ...setup, name: 'Second', slug: undefined }
    await expect(test.client.call(routes.createInference, { body: copy })).rejects.toMatchObject({
      problem: { code: 'INVALID_REQUEST', fields: [{ path: 'outputs.0.secret' }] }
    })
  })
})

describe('test connection', () => {
  it('says what happened, before anything is saved', async () => {
    const good = await tryOut({ output: webhook() })
    expect(good.status).toBe(200)
    expect(await good.json()).toMatchObject({ ok: true, status: 200 })
    expect(receiver.received[0]).toMatchObject({ event: 'test', isSigned: true })
    receiver.manner = { status: 404 }
    expect(await (await tryOut({ output: webhook() })).json()).toMatchObject({ ok: false, status: 404 })
  })

  it('signs with the secret that is stored, without being told it', async () => {
    const { slug } = await created('Stored')
    const [output] = (await test.client.call(routes.getSetup, { params: { slug } })).outputs
    await tryOut({ output, inference: slug })
    expect(receiver.received[0]?.isSigned).toBe(true)
    expect(await (await tryOut({ output })).json()).toMatchObject({
      code: 'INVALID_REQUEST',
      fields: [{ path: 'output.secret' }]
    })
    expect((await tryOut({ output, inference: 'nobody' })).status).toBe(404)
  })

  it.each(['ftp://127.0.0.1/', 'file:///etc/hosts', 'nonsense'])('refuses %s', async (url) => {
    expect(await (await tryOut({ output: webhook({ url }) })).json()).toMatchObject({ code: 'INVALID_REQUEST' })
  })

  it('is for the window and tools alone', async () => {
    const body = JSON.stringify({ output: webhook() })
    expect((await test.post('/v1/outputs/test', body, { 'content-type': 'application/json' })).status).toBe(401)
  })
})

async function logsOf({ dataFolder }: TestHost): Promise<string> {
  const folder = join(dataFolder, 'logs')
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.log'))
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return files.join()
}
