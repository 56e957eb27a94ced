import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const sources = fileURLToPath(new URL('../../main/cli/lineside.ts', import.meta.url))
const announced = z.object({ url: z.string(), token: z.string(), pid: z.number() })

/** Half the time of an engine's start is reading our sources, which Node can remember. */
const compileCache = join(tmpdir(), 'lineside-compile-cache')

/** `lineside serve` in a process of its own: what kills it does not kill the test. */
export class HostProcess {
  readonly url: string
  readonly token: string
  readonly pid: number
  readonly dataFolder: string
  readonly #child: ChildProcess
  readonly #ended: Promise<string>

  private constructor(child: ChildProcess, about: z.infer<typeof announced>, dataFolder: string) {
    this.#child = child
    this.dataFolder = dataFolder
    this.url = about.url
    this.token = about.token
    this.pid = about.pid
    this.#ended = new Promise((resolve) =>
      child.on('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`))
    )
  }

  /** @param environment Settings, as `LINESIDE_…`. @param program Its sources as they are, or what was built of them. */
  static async start(
    dataFolder: string,
    environment: Record<string, string> = {},
    program: string = sources
  ): Promise<HostProcess> {
    const child = spawn(process.execPath, [program, 'serve', '--data', dataFolder, '--port', '0', '--json'], {
      env: { ...process.env, NODE_COMPILE_CACHE: compileCache, LINESIDE_LEAST_FREE_BYTES: '0', ...environment },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    // It is in nobody's way once the test has failed.
    const kill = () => child.kill('SIGKILL')
    process.once('exit', kill)
    child.once('exit', () => process.off('exit', kill))
    for await (const line of createInterface({ input: child.stdout })) {
      return new HostProcess(child, announced.parse(JSON.parse(line)), dataFolder)
    }
    throw new Error('the host ended before it was ready')
  }

  /** How it ended; null while it runs. */
  get end(): string | null {
    const { exitCode, signalCode } = this.#child
    if (signalCode) return `ended by ${signalCode}`
    return exitCode === null ? null : `ended with code ${exitCode}`
  }

  /** Its memory in bytes now, and the most that it ever was; null where the system does not tell. */
  async memory(): Promise<{ now: number; most: number } | null> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8').catch(() => null)
    if (status === null) return null
    const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) * 1024
    return { now: of('VmRSS'), most: of('VmHWM') }
  }

  /** Ends it as a loss of power does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#ended
  }

  /** Stops it as a person does. @returns how it ended */
  async stop(): Promise<string> {
    this.#child.kill('SIGTERM')
    return this.#ended
  }
}
