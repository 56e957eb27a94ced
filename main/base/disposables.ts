/** Gives back what was acquired. May be called once. */
export type Release = () => void | Promise<void>

/**
 * Releases in the reverse order of acquisition. Every release runs, whatever the ones before it did;
 * their errors are collected into one AggregateError.
 */
export class Disposables {
  readonly #releases: { name: string; release: Release }[] = []

  /** Registers a release under a name that error messages use, and returns the value that it belongs to. */
  add<T>(name: string, value: T, release: (value: T) => void | Promise<void>): T {
    this.#releases.push({ name, release: () => release(value) })
    return value
  }

  /**
   * Releases all.
   * @throws AggregateError of what failed, each with the name of its part.
   */
  async dispose(): Promise<void> {
    const errors: Error[] = []
    for (let entry = this.#releases.pop(); entry; entry = this.#releases.pop()) {
      const { name, release } = entry
      try {
        await release()
      } catch (cause) {
        errors.push(new Error(`releasing ${name} failed`, { cause }))
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, errors.map((error) => error.message).join('; '))
  }
}
