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

type Answer = Extract<
  FromEngine,
  { kind: 'inspected' | 'ready' | 'load-failed' | 'result' | 'tensors' | 'refused' | 'failed' }
>
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
  limits = probeLimits,
  signal?: AbortSignal
): Promise<Inspected> {
  return withEngine(limits, (ask) => inspect(ask, modelPath, fileName, externalData), signal)
}

/** What the file and a load of it show. */
export type Proof = Pick<Inspected, 'opset'> & Loaded
type Loaded = Pick<Extract<FromEngine, { kind: 'ready' }>, 'dynamicBatch'>

/**
 * Loads a model and warms it up, in a process of its own: proof that it can run with this spec.
 * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED
 */
export function proveModel(probed: Probed, limits = probeLimits): Promise<Proof> {
  return withEngine(limits, async (ask) => {
    const { opset } = await inspect(ask, probed.modelPath, '', probed.externalData)
    const { dynamicBatch } = await load(ask, probed, {})
    return { opset, dynamicBatch }
  })
}

/**
 * What a model finds on a picture, in a process of its own.
 * @param signal Ends it, also while it computes.
 * @throws Refusal as `proveModel`, INVALID_REQUEST (parameters), and what the engine says of the picture
 */
export function tryModel(probed: Probed, given: Parameters, image: Uint8Array, signal?: AbortSignal): Promise<Trial> {
  const attempt = async (ask: Ask) => {
    await load(ask, probed, given)
    const answer = await ask({ kind: 'predict', id: 1, image, masks: 'polygon' })
    if (answer.kind === 'result') return answer
    if (answer.kind === 'refused') throw new Refusal(answer.code, answer.detail)
    throw new Refusal('MODEL_UNSUPPORTED', answer.kind === 'failed' ? answer.detail : `unexpected “${answer.kind}”`)
  }
  return withEngine(probeLimits, attempt, signal)
}

async function inspect(ask: Ask, modelPath: string, fileName: string, externalData: string[]): Promise<Inspected> {
  const answer = await ask({ kind: 'inspect', modelPath, fileName, externalData })
  if (answer.kind === 'inspected') return answer
  throw new Error(`the engine answered an inspection with “${answer.kind}”`)
}

async function load(ask: Ask, probed: Probed, given: Parameters): Promise<Loaded> {
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
async function withEngine<T>(limits: ProbeLimits, use: (ask: Ask) => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal?.aborted) throw givenUp()
  const child = fork(fileURLToPath(entryBeside(import.meta.url, '../../engine/process')), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  const ended = new AbortController()
  const timer = setTimeout(() => ended.abort('overdue'), limits.timeMs)
  const giveUp = () => ended.abort('given up')
  signal?.addEventListener('abort', giveUp)
  try {
    return await use(async (message) => {
      const answer = await answerOf(child, message, limits, ended.signal)
      if (answer.kind === 'load-failed') throw new Refusal(refusalCode(answer.code), answer.message)
      return answer
    })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
    child.kill('SIGKILL')
  }
}

/** The next answer; rejects where the process ends, takes too long or needs too much memory. */
function answerOf(child: ChildProcess, message: ToEngine, limits: ProbeLimits, ended: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => reject(new Refusal('MODEL_UNSUPPORTED', detail))
    const work = message.kind === 'predict' ? 'answer' : 'load'
    let words = ''
    const overdue = `The model did not ${work} within ${limits.timeMs / 1000} s.`
    ended.onabort = () => (ended.reason === 'overdue' ? fail(overdue) : reject(givenUp()))
    if (ended.aborted) reject(givenUp())
    child.on('error', reject)
    // What a process says before it dies is often the only clue; `close` comes once all of it was heard.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-500)))
    child.on('close', (code, signal) => fail(`${endInWords(code, signal)} before it could ${work}. ${words}`.trim()))
    child.on('message', (raw) => {
      const { data: heard } = fromEngine.safeParse(raw)
      if (!heard) return reject(new Error('the engine sent a message that is not in the protocol'))
      if (heard.kind === 'usage' && heard.memoryBytes > limits.memoryBytes) fail(tooMuch(heard.memoryBytes, limits))
      if (heard.kind !== 'usage' && heard.kind !== 'log' && heard.kind !== 'opened') resolve(heard)
    })
    child.send(message, (error) => error && fail('The engine ended while it read the model.'))
  })
}

/** Nobody waits for it any more. */
function givenUp(): Refusal {
  return new Refusal('CONFLICT', 'The model was no longer asked for.')
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
