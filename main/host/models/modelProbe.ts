import { fork, type ChildProcess } from 'node:child_process'
import { totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { entryBeside } from '../../base/entry.ts'
import { familyParameters, type ErrorCode, type ModelSpec } from '../../contract/index.ts'
import { fromEngine, type FromEngine, type ToEngine } from '../../engine/protocol.ts'
import { Refusal } from '../refusal.ts'

export interface ProbeLimits {
  timeMs: number
  memoryBytes: number
}

export const probeLimits: ProbeLimits = { timeMs: 120_000, memoryBytes: totalmem() / 2 }

export type Inspected = Extract<FromEngine, { kind: 'inspected' }>

type Answer = Extract<FromEngine, { kind: 'inspected' | 'ready' | 'load-failed' }>

/**
 * Asks what a model file says of itself, in a process of its own.
 * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED
 */
export async function inspectModel(modelPath: string, fileName: string, limits = probeLimits): Promise<Inspected> {
  const answer = await askEngine({ kind: 'inspect', modelPath, fileName }, limits)
  if (answer.kind === 'inspected') return answer
  throw new Error(`the engine answered an inspection with “${answer.kind}”`)
}

/**
 * Loads a model and warms it up, in a process of its own: proof that it can run with this spec.
 * @throws Refusal MODEL_UNREADABLE, MODEL_UNSUPPORTED
 */
export async function proveModel(
  modelPath: string,
  spec: ModelSpec,
  pixelLimit: number,
  limits = probeLimits
): Promise<void> {
  const parameters = familyParameters[spec.family].parse({})
  const fixed = { classThresholds: {}, threads: 1, providers: ['cpu' as const], pixelLimit }
  await askEngine({ kind: 'load', modelPath, spec, parameters, ...fixed }, limits)
}

async function askEngine(message: ToEngine, limits: ProbeLimits): Promise<Answer> {
  const child = fork(fileURLToPath(entryBeside(import.meta.url, '../../engine/process')), {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  const overdue = new AbortController()
  const timer = setTimeout(() => overdue.abort(), limits.timeMs)
  try {
    const answer = await answerOf(child, message, limits, overdue.signal)
    if (answer.kind === 'load-failed') throw new Refusal(refusalCode(answer.code), answer.message)
    return answer
  } finally {
    clearTimeout(timer)
    child.kill('SIGKILL')
  }
}

/** The first answer; rejects where the process ends, takes too long or needs too much memory. */
function answerOf(child: ChildProcess, message: ToEngine, limits: ProbeLimits, overdue: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) => reject(new Refusal('MODEL_UNSUPPORTED', detail))
    const seconds = limits.timeMs / 1000
    let words = ''
    overdue.onabort = () => fail(`The model did not load within ${seconds} s.`)
    child.on('error', reject)
    // What a process says before it dies is often the only clue; `close` comes once all of it was heard.
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-500)))
    child.on('close', (code, signal) =>
      fail(`${endInWords(code, signal)} while it read the model. ${words.trim()}`.trim())
    )
    child.on('message', (raw) => {
      const { data: heard } = fromEngine.safeParse(raw)
      if (!heard) return reject(new Error('the engine sent a message that is not in the protocol'))
      if (heard.kind === 'usage' && heard.memoryBytes > limits.memoryBytes) fail(tooMuch(heard.memoryBytes, limits))
      if (heard.kind === 'inspected' || heard.kind === 'ready' || heard.kind === 'load-failed') resolve(heard)
    })
    child.send(message, () => undefined)
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
