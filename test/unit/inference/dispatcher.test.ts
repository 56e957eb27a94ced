import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dispatcher, mostInFlight, type Answered, type Worker } from '../../../main/host/inference/dispatcher.ts'
import type { EngineReply } from '../../../main/host/inference/instance.ts'
import { Refusal } from '../../../main/host/refusal.ts'

/** An engine whose answers the test gives. */
class Engine implements Worker {
  readonly number: number
  readonly model = { id: 'M', name: 'model', version: '1' }
  readonly given: { image: Uint8Array; reply: (reply: EngineReply) => void }[] = []
  most = 0
  readonly infer = () => Promise.reject<EngineReply>(new Error('these tests give pictures'))

  constructor(number: number) {
    this.number = number
  }

  predict(image: Uint8Array): Promise<EngineReply> {
    return new Promise((reply) => {
      this.given.push({ image, reply })
      this.most = Math.max(this.most, this.given.length)
    })
  }

  /** Answers the oldest. */
  async answer(reply: EngineReply = result): Promise<void> {
    this.given.shift()?.reply(reply)
    await settled()
  }

  get names(): string[] {
    return this.given.map(({ image }) => nameOf(image))
  }
}

const timing = { decodeMs: 1, preprocessMs: 1, inferMs: 1, postprocessMs: 1 }
const result: EngineReply = { kind: 'result', id: 0, image: { width: 1, height: 1 }, predictions: [], timing }
const nameOf = (image: Uint8Array) => Buffer.from(image).toString()
const settled = () => new Promise((resolve) => setImmediate(resolve))
const long = 60_000

/** How a request ended: `answered`, or the code of its refusal. */
async function outcome(answer: Promise<Answered>): Promise<string> {
  return answer.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error))
  )
}

function send(dispatcher: Dispatcher, name: string, { deadlineMs = long, isTry = false } = {}): Promise<string> {
  return outcome(dispatcher.predict(Buffer.from(name), deadlineMs, isTry))
}

describe('order', () => {
  it('keeps two in an engine at most, first in first out', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    dispatcher.add(engine)
    const all = ['a', 'b', 'c', 'd'].map((name) => send(dispatcher, name))
    expect(engine.names).toEqual(['a', 'b'])
    expect(dispatcher.queued).toBe(2)
    await engine.answer()
    expect(engine.names).toEqual(['b', 'c'])
    for (let left = 3; left > 0; left--) await engine.answer()
    expect(await Promise.all(all)).toEqual(Array(4).fill('answered'))
  })

  it('gives to the least loaded', () => {
    const dispatcher = new Dispatcher(10)
    const engines = [new Engine(1), new Engine(2), new Engine(3)]
    engines.forEach((engine) => dispatcher.add(engine))
    for (const name of ['a', 'b', 'c', 'd']) void send(dispatcher, name)
    expect(engines.map(({ names }) => names)).toEqual([['a', 'd'], ['b'], ['c']])
  })

  it('lets the line go before a try that waits', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    void send(dispatcher, 'try', { isTry: true })
    void send(dispatcher, 'line')
    void send(dispatcher, 'line 2')
    dispatcher.add(engine)
    expect(engine.names).toEqual(['line', 'line 2'])
    await engine.answer()
    expect(engine.names).toEqual(['line 2', 'try'])
  })
})

describe('refusals', () => {
  it('says when to come again where the queue is full', async () => {
    const dispatcher = new Dispatcher(2)
    void send(dispatcher, 'a')
    void send(dispatcher, 'b')
    const refusal: unknown = await dispatcher.predict(Buffer.from('c'), long, false).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'QUEUE_FULL', status: 429, extra: { retryAfterSeconds: 1 } })
  })

  it('does not let tries fill the line’s queue', async () => {
    const dispatcher = new Dispatcher(1)
    for (let index = 0; index < 8; index++) void send(dispatcher, 'try', { isTry: true })
    expect(await send(dispatcher, 'one try more', { isTry: true })).toBe('QUEUE_FULL')
    const engine = new Engine(1)
    void send(dispatcher, 'line')
    dispatcher.add(engine)
    expect(engine.names[0]).toBe('line')
  })

  it('answers at the deadline, queued or in the engine, and drops what comes later', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    const queued = await send(dispatcher, 'queued', { deadlineMs: 5 })
    expect([queued, dispatcher.queued]).toEqual(['DEADLINE_EXCEEDED', 0])
    dispatcher.add(engine)
    expect(await send(dispatcher, 'computed', { deadlineMs: 5 })).toBe('DEADLINE_EXCEEDED')
    void send(dispatcher, 'b')
    void send(dispatcher, 'c')
    expect(engine.names).toEqual(['computed', 'b'])
    await engine.answer()
    expect(engine.names).toEqual(['b', 'c'])
  })

  it('passes on what the engine says of a picture', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    dispatcher.add(engine)
    const unreadable = send(dispatcher, 'a')
    await engine.answer({ kind: 'refused', id: 0, code: 'IMAGE_UNREADABLE', detail: 'truncated' })
    expect(await unreadable).toBe('IMAGE_UNREADABLE')
    const failed = send(dispatcher, 'b')
    await engine.answer({ kind: 'failed', id: 0, detail: 'odd' })
    expect(await failed).toContain('odd')
  })
})

describe('an engine that dies', () => {
  it('gives what was in it to the next one, each alone, in order and before what waited', async () => {
    const dispatcher = new Dispatcher(10)
    const first = new Engine(1)
    dispatcher.add(first)
    const all = ['a', 'b', 'c', 'd'].map((name) => send(dispatcher, name))
    dispatcher.lost(first, true)
    expect(dispatcher.queued).toBe(4)
    const second = new Engine(1)
    dispatcher.add(second)
    const seen = []
    for (let left = 4; left > 0; left--) {
      seen.push(second.names)
      await second.answer()
    }
    expect(seen).toEqual([['a'], ['b'], ['c', 'd'], ['d']])
    expect(await Promise.all(all)).toEqual(Array(4).fill('answered'))
  })

  it('gives a request once more, not twice', async () => {
    const dispatcher = new Dispatcher(10)
    const answer = send(dispatcher, 'a')
    for (const engine of [new Engine(1), new Engine(1)]) {
      dispatcher.add(engine)
      dispatcher.lost(engine, true)
    }
    expect(await answer).toBe('INFERENCE_NOT_READY')
  })

  it('still keeps the deadline of what it gives back', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    dispatcher.add(engine)
    const answer = send(dispatcher, 'a', { deadlineMs: 10 })
    dispatcher.lost(engine, true)
    expect(await answer).toBe('DEADLINE_EXCEEDED')
  })
})

/** Sends a picture whose engines die under it, and says how it ended. */
async function kill(dispatcher: Dispatcher, name: string, deaths: number, fault = true): Promise<string> {
  const answer = send(dispatcher, name)
  for (let death = 0; death < deaths; death++) {
    const engine = new Engine(1)
    dispatcher.add(engine)
    dispatcher.lost(engine, fault)
  }
  return answer
}

async function answered(dispatcher: Dispatcher, name: string): Promise<string> {
  const engine = new Engine(1)
  dispatcher.add(engine)
  const answer = send(dispatcher, name)
  await engine.answer()
  dispatcher.lost(engine, false)
  return answer
}

describe('a poisoned request', () => {
  it('is refused from the third death by fault on, and only its bytes are', async () => {
    const dispatcher = new Dispatcher(10)
    expect(await kill(dispatcher, 'bad', 2)).toBe('INFERENCE_NOT_READY')
    expect(await kill(dispatcher, 'bad', 1)).toBe('IMAGE_REFUSED')
    expect(await send(dispatcher, 'bad')).toBe('IMAGE_REFUSED')
    expect(await answered(dispatcher, 'odd')).toBe('answered')
  })

  it('is not one that signals from outside killed, however often', async () => {
    const dispatcher = new Dispatcher(10)
    for (let times = 0; times < 5; times++) await kill(dispatcher, 'a', 2, false)
    expect(await answered(dispatcher, 'a')).toBe('answered')
  })

  it('is not one that succeeded between', async () => {
    const dispatcher = new Dispatcher(10)
    await kill(dispatcher, 'a', 2)
    expect(await answered(dispatcher, 'a')).toBe('answered')
    await kill(dispatcher, 'a', 2)
    expect(await answered(dispatcher, 'a')).toBe('answered')
  })

  it('is found though another was in the engine with it first, and takes no other with it', async () => {
    const dispatcher = new Dispatcher(10)
    for (let times = 0; times < 3; times++) {
      const both = [send(dispatcher, 'bad'), send(dispatcher, 'good')]
      const [first, second, third] = [new Engine(1), new Engine(1), new Engine(1)]
      dispatcher.add(first)
      dispatcher.lost(first, true)
      dispatcher.add(second)
      expect(second.names).toEqual(['bad'])
      dispatcher.lost(second, true)
      dispatcher.add(third)
      await third.answer()
      dispatcher.lost(third, false)
      expect(await Promise.all(both)).toEqual([times < 2 ? 'INFERENCE_NOT_READY' : 'IMAGE_REFUSED', 'answered'])
    }
  })
})

describe('drain', () => {
  it('waits for what was accepted', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    dispatcher.add(engine)
    const all = ['a', 'b', 'c'].map((name) => send(dispatcher, name))
    let drained = false
    void dispatcher.drain().then(() => (drained = true))
    await engine.answer()
    await engine.answer()
    expect(drained).toBe(false)
    await engine.answer()
    expect(drained).toBe(true)
    expect(await Promise.all(all)).toEqual(Array(3).fill('answered'))
  })

  it('refuses what no engine can answer any more', async () => {
    const dispatcher = new Dispatcher(10)
    const engine = new Engine(1)
    dispatcher.add(engine)
    const all = ['a', 'b', 'c'].map((name) => send(dispatcher, name))
    const drained = dispatcher.drain()
    dispatcher.lost(engine, true)
    await drained
    expect(await Promise.all(all)).toEqual(Array(3).fill('INFERENCE_NOT_RUNNING'))
  })
})

describe('whatever happens', () => {
  const action = fc.oneof(
    { weight: 4, arbitrary: fc.constant('send' as const) },
    { weight: 1, arbitrary: fc.constant('try' as const) },
    { weight: 4, arbitrary: fc.constant('answer' as const) },
    { weight: 1, arbitrary: fc.constant('die' as const) },
    { weight: 1, arbitrary: fc.constant('add' as const) }
  )

  it('each request is settled once, and no engine holds more than it may', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(action, fc.nat(5)), { maxLength: 60 }), async (actions) => {
        const dispatcher = new Dispatcher(5)
        const engines: Engine[] = []
        const all: Promise<string>[] = []
        for (const [kind, pick] of actions) {
          const engine = engines[pick % Math.max(1, engines.length)]
          if (kind === 'send' || kind === 'try') all.push(send(dispatcher, `${all.length}`, { isTry: kind === 'try' }))
          if (kind === 'answer') await engine?.answer()
          if (kind === 'die' && engine) dispatcher.lost(...[engines.splice(engines.indexOf(engine), 1)[0]!, true])
          if (kind === 'add' && engines.length < 3) {
            engines.push(new Engine(all.length))
            dispatcher.add(engines.at(-1)!)
          }
          expect(dispatcher.queued).toBeLessThanOrEqual(5 + 3 * mostInFlight())
        }
        const drained = dispatcher.drain()
        while (engines.some(({ given }) => given.length > 0)) for (const engine of engines) await engine.answer()
        await drained
        const allowed = ['answered', 'QUEUE_FULL', 'INFERENCE_NOT_READY', 'INFERENCE_NOT_RUNNING']
        for (const each of await Promise.all(all)) expect(allowed).toContain(each)
        for (const { most } of engines) expect(most).toBeLessThanOrEqual(mostInFlight())
      }),
      { numRuns: 200 }
    )
  })
})
