import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { predictAnswer, type PredictAnswer, type StoredOutput } from '../../../main/contract/index.ts'
import { QueuedOutput } from '../../../main/host/outputs/queuedOutput.ts'
import { testAnswer } from '../../../main/host/outputs/testAnswer.ts'
import { Webhook } from '../../../main/host/outputs/webhook.ts'
import { Receiver } from '../../helpers/receiver.ts'
import { until } from '../../helpers/until.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'

const key = randomBytes(32)
const secret = `whsec_${key.toString('base64')}`
const id = '01K0000000000000000000000A'

let receiver: Receiver
let logger: ReturnType<typeof keepingLogger>
const opened: QueuedOutput[] = []

beforeEach(async () => {
  receiver = await Receiver.start(key)
  logger = keepingLogger()
})
afterEach(async () => {
  for (const output of opened.splice(0)) await output.close(AbortSignal.abort())
  await receiver.down()
})

function open(changes: Partial<StoredOutput> = {}): QueuedOutput {
  const limits = { timeoutMs: 1000, queue: 100, maxAgeSeconds: 60 }
  const setup: StoredOutput = {
    ...{ id, kind: 'webhook', name: 'Gate', url: receiver.url, when: 'all', masks: 'none', ...limits },
    ...{ hasSecret: true, secret },
    ...changes
  }
  const services = { logger, random: () => 0, onChange: () => undefined, backoff: { leastMs: 20, mostMs: 50 } }
  const output = new QueuedOutput(setup, new Webhook(setup, '1.2.3'), services)
  opened.push(output)
  return output
}

const answer = (requestId: string, changes: Partial<PredictAnswer> = {}): PredictAnswer => ({
  ...testAnswer(),
  requestId,
  ...changes
})

const offer = (output: QueuedOutput, ...names: string[]) => names.forEach((name) => output.offer(answer(name)))

const untilHealth = (output: QueuedOutput, isSo: (health: QueuedOutput['health']) => boolean) =>
  until('the output’s health', async () => (isSo(output.health) ? output.health : undefined))

const requestIds = () => receiver.received.map(({ body }) => (body as PredictAnswer).requestId)

describe('a webhook', () => {
  it('posts the answer, signed, in order, over one connection', async () => {
    const output = open()
    expect(output.health).toMatchObject({ state: 'idle', delivered: 0 })
    const names = Array.from({ length: 30 }, (_, index) => `r-${index}`)
    offer(output, ...names)
    await untilHealth(output, ({ delivered }) => delivered === 30)
    expect(requestIds()).toEqual(names)
    expect(
      receiver.received.every(({ isSigned, event, attempt }) => isSigned && event === 'prediction' && attempt === 1)
    ).toBe(true)
    expect(new Set(receiver.received.map((one) => one.id)).size).toBe(30)
    expect(new Set(receiver.received.map((one) => one.port)).size).toBe(1)
    expect(predictAnswer.parse(receiver.received[0]?.body)).toEqual({ ...answer('r-0'), metadata: expect.anything() })
    const [first] = receiver.received
    expect(first?.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Lineside/1.2.3' })
    expect(output.health).toMatchObject({ state: 'ok', queued: 0, failed: 0, dropped: 0, lastError: null })
  })

  it('takes a secret that is plain text by its bytes, and signs nothing without one', async () => {
    const text = 'just-a-long-enough-text'
    const [plain, other] = [await Receiver.start(Buffer.from(text)), open({ secret: null, hasSecret: false })]
    const output = open({ url: plain.url, secret: text })
    offer(output, 'a')
    offer(other, 'b')
    await untilHealth(output, ({ delivered }) => delivered === 1)
    await untilHealth(other, ({ delivered }) => delivered === 1)
    expect(plain.received[0]?.isSigned).toBe(true)
    expect(receiver.received[0]?.headers['webhook-signature']).toBeUndefined()
    await plain.down()
  })

  it('sends masks only where they are asked for, and results only of the outcomes that were chosen', async () => {
    const mask = { areaPx: 4, polygons: [{ outer: [0, 0, 2, 0, 2, 2, 0, 2], holes: [] }] }
    const predictions = [{ class: 'dent', confidence: 0.9, unknown: false, mask }]
    const [bare, whole] = [open({ when: { verdicts: ['NG', 'WARN'] } }), open({ masks: 'polygon' })]
    for (const outcome of ['OK', 'NG'] as const) {
      const given = answer(outcome, { predictions, verdict: { outcome, rule: null } })
      bare.offer(given)
      whole.offer(given)
    }
    bare.offer(answer('none'))
    await untilHealth(whole, ({ delivered }) => delivered === 2)
    await untilHealth(bare, ({ delivered }) => delivered === 1)
    const sent = receiver.received.map(({ body }) => body as PredictAnswer)
    expect(sent.filter(({ predictions: [found] }) => found?.mask).map((one) => one.requestId)).toEqual(['OK', 'NG'])
    expect(sent.filter(({ predictions: [found] }) => !found?.mask).map((one) => one.requestId)).toEqual(['NG'])
  })
})

describe('a receiver in trouble', () => {
  it('that answers 500, then well, gets the same delivery again, before the later ones', async () => {
    receiver.next.push({ status: 500 }, { status: 503 })
    const output = open()
    offer(output, 'a', 'b')
    await untilHealth(output, ({ delivered }) => delivered === 2)
    expect(requestIds()).toEqual(['a', 'a', 'a', 'b'])
    expect(receiver.received.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1])
    const [first, second, third, last] = receiver.received
    expect([second?.id, third?.id]).toEqual([first?.id, first?.id])
    expect(last?.id).not.toBe(first?.id)
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
    expect(logger.lines).toContain('delivers again')
  })

  it('that is down is tried until it is up, and says since when and why', async () => {
    await receiver.down()
    const output = open()
    offer(output, 'a', 'b', 'c')
    const failing = await untilHealth(output, ({ state, nextTryAt }) => state === 'failing' && nextTryAt !== null)
    expect(failing).toMatchObject({ queued: 3, delivered: 0 })
    expect(failing.lastError).toMatch(/^nothing listens at 127\.0\.0\.1:\d+; check the port/)
    expect(Date.parse(failing.failingSince ?? '')).toBeLessThanOrEqual(Date.now())
    await receiver.up()
    expect(await untilHealth(output, ({ delivered }) => delivered === 3)).toMatchObject({
      state: 'ok',
      failingSince: null
    })
    expect(requestIds()).toEqual(['a', 'b', 'c'])
  })

  it('that goes down between two messages over a kept connection loses none', async () => {
    const output = open()
    offer(output, 'a')
    await untilHealth(output, ({ delivered }) => delivered === 1)
    await receiver.down()
    await receiver.up()
    offer(output, 'b')
    await untilHealth(output, ({ delivered }) => delivered === 2)
    expect(requestIds()).toEqual(['a', 'b'])
  })

  it('that hangs is given up after the time limit and tried again', async () => {
    receiver.next.push({ hangs: true })
    const output = open({ timeoutMs: 150 })
    offer(output, 'a')
    const failing = await untilHealth(output, ({ state }) => state === 'failing')
    expect(failing.lastError).toMatch(/gave no answer within 150 ms$/)
    await untilHealth(output, ({ delivered }) => delivered === 1)
    expect(receiver.received.map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  it('that is slow gets one at a time', async () => {
    receiver.manner = { afterMs: 60 }
    const output = open()
    offer(output, 'a', 'b', 'c')
    await untilHealth(output, ({ delivered }) => delivered === 3)
    const [a, b, c] = receiver.received.map(({ at }) => at)
    expect(Math.min((b ?? 0) - (a ?? 0), (c ?? 0) - (b ?? 0))).toBeGreaterThanOrEqual(55)
  })

  it('is waited for as long as its Retry-After says', async () => {
    receiver.next.push({ status: 429, headers: { 'retry-after': '1' } })
    const output = open()
    offer(output, 'a')
    await untilHealth(output, ({ delivered }) => delivered === 1)
    const [first, second] = receiver.received.map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it.each([400, 401, 404, 410, 422])(
    'that answers %i is believed: the message is given up, the next is sent',
    async (status) => {
      receiver.next.push({ status })
      const output = open()
      offer(output, 'a', 'b')
      await untilHealth(output, ({ delivered }) => delivered === 1)
      expect(requestIds()).toEqual(['a', 'b'])
      expect(output.health).toMatchObject({ state: 'ok', failed: 1, dropped: 0 })
    }
  )

  it('that leads elsewhere is not followed', async () => {
    const elsewhere = await Receiver.start()
    receiver.manner = { status: 307, headers: { location: elsewhere.url } }
    const output = open()
    offer(output, 'a')
    const health = await untilHealth(output, ({ failed }) => failed === 1)
    expect(health.lastError).toContain(`a redirect to ${elsewhere.url.split('?')[0]}; redirects are not followed`)
    expect(elsewhere.received).toEqual([])
    await elsewhere.down()
  })

  it('never has its secret or the query of its address in the log or in the health', async () => {
    receiver.manner = { status: 500 }
    const output = open()
    offer(output, 'a')
    await untilHealth(output, ({ state }) => state === 'failing')
    const told = [...logger.lines, JSON.stringify(output.health)].join()
    expect(told).not.toContain(secret.slice(8))
    expect(told).not.toContain('hidden')
  })
})

describe('the queue', () => {
  it('keeps the newest results where more wait than may', async () => {
    receiver.next.push({ afterMs: 200 })
    const output = open({ queue: 2 })
    offer(output, 'a')
    await until('the first is on its way', async () => receiver.received[0])
    offer(output, 'b', 'c', 'd', 'e')
    await untilHealth(output, ({ delivered }) => delivered === 3)
    expect(requestIds()).toEqual(['a', 'd', 'e'])
    expect(output.health).toMatchObject({ dropped: 2, queued: 0 })
  })

  it('drops what is too old to move a gate', async () => {
    await receiver.down()
    const output = open({ maxAgeSeconds: 1 })
    offer(output, 'old')
    await untilHealth(output, ({ dropped }) => dropped === 1)
    await receiver.up()
    offer(output, 'new')
    await untilHealth(output, ({ delivered }) => delivered === 1)
    expect(requestIds()).toEqual(['new'])
  })

  it('is sent at the end as far as the receiver takes it', async () => {
    receiver.manner = { afterMs: 20 }
    const output = open()
    offer(output, 'a', 'b', 'c')
    await output.close(AbortSignal.timeout(5000))
    expect(requestIds()).toEqual(['a', 'b', 'c'])
    expect(output.health).toMatchObject({ delivered: 3, dropped: 0, queued: 0 })
    offer(output, 'late')
    expect(output.health.queued).toBe(0)
  })

  it('ends at once where the receiver is down, and within the limit where it hangs', async () => {
    receiver.manner = { hangs: true }
    const hanging = open({ timeoutMs: 60_000 })
    offer(hanging, 'a', 'b')
    await until('it hangs', async () => receiver.received[0])
    const began = performance.now()
    await hanging.close(AbortSignal.timeout(200))
    expect(performance.now() - began).toBeLessThan(5000)
    expect(hanging.health).toMatchObject({ delivered: 0, dropped: 2, queued: 0 })
    await receiver.down()
    const lost = open()
    offer(lost, 'a', 'b', 'c')
    await lost.close(AbortSignal.timeout(60_000))
    expect(lost.health).toMatchObject({ dropped: 3, queued: 0 })
  })
})
