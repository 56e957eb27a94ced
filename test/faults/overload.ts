import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { percentile, rounded } from '../bench/statistics.ts'
import { post, Traffic, type Outcome } from './traffic.ts'
import type { Workstation } from './workstation.ts'

export interface OverloadOptions {
  seconds: number
  pictures: Buffer<ArrayBuffer>[]
}

type Posted = Omit<Outcome, 'picture'>

const general = { threads: 1, queue: 16, deadlineMs: 10_000 }
/** Requests are sent in bursts, so often. */
const tickMs = 10
/** Of the host's clock, against that of its answers: whole milliseconds. */
const clockMs = 2
const megabyte = 1024 * 1024

/**
 * An inference is sent ten times what it can do. What it accepts is answered in the order of its coming and within its
 * deadline, the rest is refused at once with the time to come back, and afterwards all is as before.
 */
export async function overload(station: Workstation, { seconds, pictures }: OverloadOptions) {
  const slug = await station.running('Crowded', { general })
  const [picture] = pictures
  if (!picture) throw new Error('there is no picture to post')
  const send = (name: string) => post(station.endpoint(slug), picture, name)
  const perSecond = await capacityOf(station, slug, pictures)
  const normal = await oneByOne(send, 'before', 30)
  const before = await station.host.memory()
  const heldUp = monitorEventLoopDelay({ resolution: 5 })
  heldUp.enable()
  const crowd = await crowded(send, 10 * perSecond, seconds)
  heldUp.disable()
  const after = await station.host.memory()
  const end = performance.now()
  const normalMs = percentile(timesOf(normal), 0.95)
  const backMs = (await untilNormal(send, 1.5 * normalMs)) - end
  const outcomes = await Promise.all(crowd)
  const [accepted, refused] = [outcomes.filter(isAnswered), outcomes.filter(({ status }) => status === 429)]
  const inMb = (bytes: number | undefined) => (bytes === undefined ? null : Math.round(bytes / megabyte))
  return {
    fullQueueMs: rounded((general.queue * 1000) / perSecond, 0),
    perSecond: { capacity: rounded(perSecond, 1), sent: rounded(outcomes.length / seconds, 1) },
    requests: { accepted: accepted.length, refused: refused.length },
    acceptedMs: { p50: spreadOf(accepted, 0.5), most: spreadOf(accepted, 1), deadline: general.deadlineMs },
    refusedMs: { p50: spreadOf(refused, 0.5), p99: spreadOf(refused, 0.99) },
    // Of this process, which sends: what a busy workstation does to a client is in the times above.
    clientHeldUpMs: { p50: rounded(heldUp.percentile(50) / 1e6, 1), p99: rounded(heldUp.percentile(99) / 1e6, 1) },
    hostMb: { before: inMb(before?.now), after: inMb(after?.now), most: inMb(after?.most) },
    normalMs: { p95: rounded(normalMs), backAfter: rounded(backMs, 0) },
    faults: [...wrongAnswers(outcomes), ...outOfTurn(accepted)]
  }
}

function isAnswered({ status }: Posted): boolean {
  return status === 200
}

/** Answers a second while as many wait as an engine is given at a time. */
async function capacityOf(station: Workstation, slug: string, pictures: Buffer<ArrayBuffer>[]): Promise<number> {
  const traffic = new Traffic({ name: 'capacity', endpoint: () => station.endpoint(slug), pictures, posters: 3 })
  const from = performance.now()
  await delay(3000)
  const outcomes = await traffic.stop()
  return (outcomes.filter(isAnswered).length * 1000) / (performance.now() - from)
}

async function oneByOne(send: (name: string) => Promise<Posted>, name: string, times: number): Promise<Posted[]> {
  const outcomes: Posted[] = []
  for (let time = 0; time < times; time++) outcomes.push(await send(`${name}-${time}`))
  return outcomes
}

/** Sends whatever becomes of what was sent before, as a line that does not wait. Resolves when the last one is sent. */
async function crowded(send: (name: string) => Promise<Posted>, perSecond: number, seconds: number) {
  const sent: Promise<Posted>[] = []
  const from = performance.now()
  for (let passed = 0; passed < seconds * 1000; passed = performance.now() - from) {
    while (sent.length < (passed * perSecond) / 1000) sent.push(send(`crowd-${sent.length}`))
    await delay(tickMs)
  }
  return sent
}

/** When the first answer came that took no longer than this. */
async function untilNormal(send: (name: string) => Promise<Posted>, ms: number): Promise<number> {
  for (let time = 0; ; time++) {
    const outcome = await send(`after-${time}`)
    if (isAnswered(outcome) && outcome.answeredAt - outcome.sentAt <= ms) return outcome.sentAt
  }
}

function wrongAnswers(outcomes: readonly Posted[]): string[] {
  const strange = outcomes.filter(({ status }) => status !== 200 && status !== 429)
  const silent = outcomes.filter(({ status, retryAfter }) => status === 429 && !(Number(retryAfter) >= 1))
  const late = outcomes.filter((one) => isAnswered(one) && one.answeredAt - one.sentAt > 2 * general.deadlineMs)
  return [
    ...strange.map(({ requestId, status, code }) => `${requestId} was answered ${status} ${code}`),
    ...silent.map(({ requestId, retryAfter }) => `${requestId} was refused with Retry-After ${retryAfter}`),
    ...late.map(({ requestId }) => `${requestId} was answered after its deadline`)
  ]
}

/** Each was handed to the engine no sooner than those that the host had accepted before. */
function outOfTurn(accepted: readonly Posted[]): string[] {
  const turns = accepted
    .map(({ requestId, acceptedAt, queueMs }) => ({
      requestId,
      at: acceptedAt ?? 0,
      given: (acceptedAt ?? 0) + (queueMs ?? 0)
    }))
    .sort((a, b) => a.at - b.at)
  const faults: string[] = []
  let latest = { at: 0, given: 0 }
  for (const turn of turns) {
    if (turn.at > latest.at + clockMs && turn.given < latest.given - clockMs)
      faults.push(`${turn.requestId} was given out of turn`)
    if (turn.given > latest.given) latest = turn
  }
  return faults
}

function timesOf(outcomes: readonly Posted[]): number[] {
  return outcomes.map(({ sentAt, answeredAt }) => answeredAt - sentAt)
}

function spreadOf(outcomes: readonly Posted[], share: number): number {
  return rounded(percentile(timesOf(outcomes), share), 1)
}
