import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { modelSpec, taskOfFamily, type ModelSpec, type Parameters } from '../../main/contract/index.ts'
import { fromEngine, type FromEngine, type LoadMessage, type ToEngine } from '../../main/engine/protocol.ts'

const entry = fileURLToPath(new URL('../../main/engine/process.ts', import.meta.url))

type Kind = FromEngine['kind']
type Heard<K extends Kind> = Extract<FromEngine, { kind: K }>
type Reply = Heard<'result' | 'refused' | 'failed'>

/** The engine process as the host starts it. Every message is held against the protocol. */
export class EngineProcess {
  readonly child: ChildProcess
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  readonly #heard: FromEngine[] = []
  readonly #waiting = new Set<() => void>()
  #error: Error | undefined
  #nextId = 1

  constructor() {
    this.child = fork(entry, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    this.exit = new Promise((resolve) => this.child.once('exit', (code, signal) => resolve({ code, signal })))
    this.child.on('message', (message) => {
      const parsed = fromEngine.safeParse(message)
      if (parsed.success) this.#heard.push(parsed.data)
      else this.#error = parsed.error
      this.#wake()
    })
    void this.exit.then(({ code, signal }) => {
      this.#error ??= new Error(`the engine process ended: code ${code}, signal ${signal}`)
      this.#wake()
    })
  }

  send(message: ToEngine): void {
    this.child.send(message)
  }

  /** The first message of these kinds that fits; each is given once. Rejects where the process ends before. */
  async hear<K extends Kind>(
    kinds: readonly K[],
    fits: (message: Heard<K>) => boolean = () => true
  ): Promise<Heard<K>> {
    const isOf = (message: FromEngine): message is Heard<K> => kinds.some((kind) => kind === message.kind)
    for (;;) {
      const at = this.#heard.findIndex((message) => isOf(message) && fits(message))
      const [found] = at < 0 ? [] : this.#heard.splice(at, 1)
      if (found && isOf(found)) return found
      if (this.#error) throw this.#error
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  load(message: Omit<LoadMessage, 'kind'>): Promise<Heard<'ready' | 'load-failed'>> {
    this.send({ kind: 'load', ...message })
    return this.hear(['ready', 'load-failed'])
  }

  inspect(modelPath: string, fileName = 'model.onnx'): Promise<Heard<'inspected' | 'load-failed'>> {
    this.send({ kind: 'inspect', modelPath, fileName })
    return this.hear(['inspected', 'load-failed'])
  }

  predict(image: Uint8Array, masks: 'polygon' | 'rle' = 'polygon'): Promise<Reply> {
    const id = this.#nextId++
    this.send({ kind: 'predict', id, image, masks })
    return this.hear(['result', 'refused', 'failed'], (reply) => reply.id === id)
  }

  async stop(): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.send({ kind: 'stop' })
    return this.exit
  }

  /** For the end of a test, whatever became of it. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.exit
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}

/** Starts an engine process for what `use` does with it; none is left over. */
export async function withEngine<T>(use: (engine: EngineProcess) => Promise<T>): Promise<T> {
  const engine = new EngineProcess()
  try {
    return await use(engine)
  } finally {
    await engine.kill()
  }
}

/** What `load` is given, with the usual around a path, a spec and a family's parameters. */
export function loadOf(modelPath: string, spec: ModelSpec, parameters: Parameters = {}): Omit<LoadMessage, 'kind'> {
  return { modelPath, spec, parameters, classThresholds: {}, threads: 1, providers: ['cpu'], pixelLimit: 100_000_000 }
}

/** A spec for one of the tiny models: 8 × 8 px, stretched, pixel values as 0 to 1. */
export function tinySpec(
  family: ModelSpec['family'],
  classes: string[],
  input: Partial<ModelSpec['input']> = {},
  options: ModelSpec['options'] = {}
): ModelSpec {
  const task = taskOfFamily[family]
  const size = { width: 8, height: 8, resize: 'stretch' }
  return modelSpec.parse({ name: 'tiny', task, family, classes, input: { ...size, ...input }, options })
}
