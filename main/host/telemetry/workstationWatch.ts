import { statfs } from 'node:fs/promises'
import { cpus, freemem, totalmem, type CpuInfo } from 'node:os'
import type { Inference, Workstation } from '../../contract/index.ts'
import type { Release } from '../../base/disposables.ts'
import type { EventBus } from '../eventBus.ts'
import type { Scheduler } from '../inference/scheduler.ts'

const everyMs = 2000

/** What runs hold of the workstation, and its GPU's name where one is known. */
export interface WatchedResources {
  scheduler: Pick<Scheduler, 'held' | 'budget'>
  gpu: string | null
}

/** Load and room of the workstation, for the window's foot. */
export class WorkstationWatch {
  readonly #dataFolder: string
  readonly #bus: EventBus
  readonly #inferences: () => Promise<Pick<Inference, 'status'>[]>
  readonly #resources: WatchedResources
  #cpus = cpus()
  #share = 0

  constructor(
    dataFolder: string,
    bus: EventBus,
    inferences: () => Promise<Pick<Inference, 'status'>[]>,
    resources: WatchedResources
  ) {
    this.#dataFolder = dataFolder
    this.#bus = bus
    this.#inferences = inferences
    this.#resources = resources
  }

  /** The CPU's share is that of the last two seconds while it is watched. */
  async read(): Promise<Workstation> {
    const [disk, inferences] = await Promise.all([statfs(this.#dataFolder), this.#inferences()])
    const { scheduler, gpu } = this.#resources
    const count = (status: Inference['status']) => inferences.filter((one) => one.status === status).length
    return {
      cpu: { share: this.#share, cores: this.#cpus.length },
      memory: { usedBytes: totalmem() - freemem(), totalBytes: totalmem() },
      disk: { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
      gpu,
      held: scheduler.held,
      budget: scheduler.budget,
      inferences: { total: inferences.length, healthy: count('healthy'), failed: count('failed') }
    }
  }

  /** Publishes it every two seconds; a reading that fails is left out. */
  start(): Release {
    let reading: Promise<void> | null = null
    const timer = setInterval(() => {
      reading ??= this.#publish()
        .catch(() => undefined)
        .finally(() => (reading = null))
    }, everyMs).unref()
    return async () => {
      clearInterval(timer)
      await reading
    }
  }

  async #publish(): Promise<void> {
    const now = cpus()
    this.#share = busyShare(this.#cpus, now)
    this.#cpus = now
    this.#bus.publish({ type: 'workstation', workstation: await this.read() })
  }
}

/** The share of time, 0 to 1, in which the cores were busy between two readings. */
export function busyShare(before: readonly CpuInfo[], after: readonly CpuInfo[]): number {
  const total = sum(after, wholeTime) - sum(before, wholeTime)
  const idle = sum(after, idleTime) - sum(before, idleTime)
  return total <= 0 ? 0 : Math.min(1, Math.max(0, 1 - idle / total))
}

function sum(cores: readonly CpuInfo[], time: (core: CpuInfo) => number): number {
  return cores.reduce((all, core) => all + time(core), 0)
}

function idleTime({ times }: CpuInfo): number {
  return times.idle
}

function wholeTime({ times }: CpuInfo): number {
  return times.user + times.nice + times.sys + times.idle + times.irq
}
