import { fork, type ChildProcess } from 'node:child_process'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { entryBeside } from '../../base/entry.ts'
import {
  familyParameters,
  parameters,
  type ErrorCode,
  type ModelSpec,
  type Parameters,
  type Trial
} from '../../contract/index.ts'
import { fromEngine, type FromEngine, type ToEngine } from '../../engine/protocol.ts'
import { invalidFields, Refusal } from '../refusal.ts'

export interface ProbeLimits {
  timeMs: number
  memoryBytes: number
}

export const probeLimits: ProbeLimits = { timeMs: 120_000, memoryBytes: totalmem() / 2 }

export type Inspected = Extract<FromEngine, { kind: 'inspected' }>

type Answer = Extract<FromEngine, { kind: 'inspected' | 'ready' | 'load-failed' | 'result' | 'refused' | 'failed' }>
type Ask = (message: ToEngine) => Promise<Answer>

/** A model's file with what is needed to load it. */
export interface Probed {
  modelPath: string
  /** Names of the files with external data beside it. */
  externalData: string[]
  spec: ModelSpec
  pixelLimit: number
}

/**
 * Asks what a model file says of itself, in a process of its own.
 * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED
 */
export function inspectModel(
  modelPath: string,
  fileName: string,
  externalData: string[],
  limits = probeLimits
): Promise<Inspected> {
  return withEngine(limits, async (ask) => {
    const answer = await ask({ kind: 'inspect', modelPath, fileName, externalData })
    if (answer.kind === 'inspected') return answer
    throw new Error(`the engine answered an inspection with “${answer.kind}”`)
  })
}

/** What a load shows. */
export type Proof = Pick<Extract<FromEngine, { kind: 'ready' }>, 'dynamicBatch'>

/**
 * Loads a model and warms it up, in a process of its own: proof that it can run with this spec.
 * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED
 */
export function proveModel(probed: Probed, limits = probeLimits): Promise<Proof> {
  return withEngine(limits, (ask) => load(ask, probed, {}))
}

/**
 * What a model finds on a picture, in a process of its own.
 * @throws Refusal as `proveModel`, INVALID_REQUEST (parameters), and what the engine says of the picture
 */
export function tryModel(probed: Probed, given: Parameters, image: Uint8Array, limits = probeLimits): Promise<Trial> {
  return withEngine(limits, async (ask) => {
    await load(ask, probed, given)
    const answer = await ask({ kind: 'predict', id: 1, image, masks: 'polygon' })
    if (answer.kind === 'result') return answer
    if (answer.kind === 'refused') throw new Refusal(answer.code, answer.detail)
    throw new Refusal('MODEL_UNSUPPORTED', answer.kind === 'failed' ? answer.detail : `unexpected “${answer.kind}”`)
  })
}

async function load(ask: Ask, probed: Probed, given: Parameters): Promise<Proof> {
  const parsed = familyParameters[probed.spec.family].safeParse(given)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map(({ path, message }) => ({ path: ['parameters', ...path].join('.'), message }))
    throw invalidFields(wrong)
  }
  const fixed = { classThresholds: {}, threads: 1, providers: ['cpu' as const] }
  const answer = await ask({ kind: 'load', ...probed, parameters: parameters.parse(parsed.data), ...fixed })
  if (answer.kind === 'ready') return answer
  throw new Error(`the engine answered a load with “${answer.kind}”`)
}

/** Starts an engine, which is gone when this resolves or rejects. */
async function withEngine<T>(limits: ProbeLimits, use: (ask: Ask) => Promise<T>): Promise<T> {
  const child = fork(fileURLToPath(entryBeside(import.meta.url, '../../engine/process')), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  const overdue = new AbortController()
  const timer = setTimeout(() => overdue.abort(), limits.timeMs)
  try {
    return await use(async (message) => {
      const answer = await answerOf(child, message, limits, overdue.signal)
      if (answer.kind === 'load-failed') throw new Refusal(refusalCode(answer.code), answer.message)
      return answer
    })
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

/** The next answer; rejects where the process ends, takes too long or needs too much memory. */
function answerOf(child: ChildProcess, message: ToEngine, limits: ProbeLimits, overdue: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => reject(new Refusal('MODEL_UNSUPPORTED', detail))
    const work = message.kind === 'predict' ? 'answer' : 'load'
    let words = ''
    overdue.onabort = () => fail(`The model did not ${work} within ${limits.timeMs / 1000} s.`)
    child.on('error', reject)
    // What a process says before it dies is often the only clue; `close` comes once all of it was heard.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-500)))
    child.on('close', (code, signal) => fail(`${endInWords(code, signal)} before it could ${work}. ${words}`.trim()))
    child.on('message', (raw) => {
      const { data: heard } = fromEngine.safeParse(raw)
      if (!heard) return reject(new Error('the engine sent a message that is not in the protocol'))
      if (heard.kind === 'usage' && heard.memoryBytes > limits.memoryBytes) fail(tooMuch(heard.memoryBytes, limits))
      if (heard.kind !== 'usage' && heard.kind !== 'log') resolve(heard)
    })
    child.send(message, (error) => error && fail('The engine ended while it read the model.'))
  })
}

function endInWords(code: number | null, signal: NodeJS.Signals | null): string {
  return signal ? `The engine was ended by ${signal}` : `The engine ended with code ${code}`
}

function refusalCode(code: Extract<FromEngine, { kind: 'load-failed' }>['code']): ErrorCode {
  return code === 'MODEL_UNREADABLE' || code === 'MODEL_MISSING' ? 'MODEL_UNREADABLE' : 'MODEL_UNSUPPORTED'
}

function tooMuch(bytes: number, { memoryBytes }: ProbeLimits): string {
  const mebibytes = (value: number) => `${Math.round(value / 1024 / 1024)} MiB`
  return `The model needs more memory (${mebibytes(bytes)} so far) than a model may (${mebibytes(memoryBytes)}).`
}
