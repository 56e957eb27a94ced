import type { EngineEnd, Instance, InstanceListener } from './instance.ts'

/**
 * Instances that are started beside those that serve: of a newer model (F17b). All of them become ready, or none is
 * used: the first that ends takes the others with it.
 */
export class Staging {
  /** Rejects with the reason where one cannot start, or ends before it is taken over. */
  readonly ready: Promise<void>
  readonly instances: Instance[]
  #left: number
  #failure: Error | undefined
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  constructor(numbers: readonly number[], open: (number: number, listener: InstanceListener) => Instance) {
    this.#left = numbers.length
    this.ready = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    const listener = {
      onReady: () => this.#oneReady(),
      onEnd: (end: EngineEnd) => this.fail(end.reason),
      onUsage: () => undefined
    }
    this.instances = numbers.map((number) => open(number, listener))
  }

  /** Why it can no longer be taken over. */
  get failure(): Error | undefined {
    return this.#failure
  }

  /** Ends all of them; resolves once their processes are gone. */
  async fail(reason: string): Promise<void> {
    this.#failure ??= new Error(reason)
    this.#reject(this.#failure)
    await Promise.all(this.instances.map((instance) => instance.kill()))
  }

  #oneReady(): void {
    if (--this.#left === 0) this.#resolve()
  }
}
