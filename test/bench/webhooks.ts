import { readFileSync } from 'node:fs'
import type { NewSetupInput } from '../../main/contract/index.ts'
import { Receiver } from '../helpers/receiver.ts'
import { samplePictures, TestHost } from '../helpers/testHost.ts'
import { load } from './load.ts'
import { percentile, rounded } from './statistics.ts'

const receivers = ['none', 'well', 'refusing', 'hanging', 'slow', 'failing'] as const
type Kind = (typeof receivers)[number]

const rounds = 12

/** Latencies of one round's requests, in ms. */
type Round = Record<Kind, number[]>

/**
 * The latency of predictions with a webhook whose receiver is well, refuses connections, hangs, is slow or answers 500,
 * against that without any output. All inferences are up; they are asked in turn for a short time each, in another
 * order each round, so that a drift of the machine meets all; ratios are the median of the rounds'.
 */
export async function benchWebhooks(options: { json: boolean; seconds: number }): Promise<void> {
  const ms = (options.seconds * 1000) / rounds
  const [picture = ''] = await samplePictures()
  const image = readFileSync(picture)
  const test = await TestHost.start()
  const opened: Receiver[] = []
  try {
    const endpoints = await Promise.all(receivers.map((kind) => runningWith(test, kind, opened)))
    const measured: Round[] = []
    for (let round = -1; round < rounds; round++) {
      const taken = await ask(endpoints, image, round < 0 ? 1000 : ms, Math.max(0, round))
      if (round >= 0) measured.push(taken)
    }
    const result = report(measured, options.seconds)
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`)
  } finally {
    await test.remove()
    for (const receiver of opened) await receiver.down()
  }
}

function report(measured: Round[], seconds: number) {
  const median = (value: (round: Round) => number) => percentile(measured.map(value), 0.5)
  const ofAll = (value: (kind: Kind) => unknown) => Object.fromEntries(receivers.map((kind) => [kind, value(kind)]))
  const toNone = (kind: Kind, share: number) =>
    rounded(
      median((round) => percentile(round[kind], share) / percentile(round.none, share)),
      3
    )
  return {
    p50ToNone: ofAll((kind) => toNone(kind, 0.5)),
    p95ToNone: ofAll((kind) => toNone(kind, 0.95)),
    p50Ms: ofAll((kind) => rounded(median((round) => percentile(round[kind], 0.5)))),
    conditions: { rounds, seconds, concurrency: 1 }
  }
}

/** Asks each inference for so long, beginning with another one each round. */
async function ask(endpoints: readonly string[], image: Buffer, ms: number, round: number): Promise<Round> {
  const taken: Round = { none: [], well: [], refusing: [], hanging: [], slow: [], failing: [] }
  for (let turn = 0; turn < receivers.length; turn++) {
    const at = (turn + round) % receivers.length
    const { answered } = await load(endpoints[at] ?? '', [image], 1, ms)
    taken[receivers[at] ?? 'none'] = answered.map((one) => one.ms)
  }
  return taken
}

/** Where an inference with this kind of receiver is called. */
async function runningWith(test: TestHost, kind: Kind, opened: Receiver[]): Promise<string> {
  const outputs = await outputsFor(kind, opened)
  return (await test.running(`Bench ${kind}`, { general: { threads: 1 }, outputs })).endpoint
}

async function outputsFor(kind: Kind, opened: Receiver[]): Promise<NonNullable<NewSetupInput['outputs']>> {
  if (kind === 'none') return []
  const receiver = await Receiver.start()
  opened.push(receiver)
  const { url } = receiver
  if (kind === 'refusing') await receiver.down()
  receiver.manner = {
    hangs: kind === 'hanging',
    afterMs: kind === 'slow' ? 500 : 0,
    status: kind === 'failing' ? 500 : 200
  }
  return [{ kind: 'webhook', name: 'Gate', url, secret: 'a-secret-of-the-bench' }]
}
