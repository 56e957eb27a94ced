import type { NewOutput, OutputTest, StoredOutput } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import { invalidFields } from '../refusal.ts'
import { lostSecret, resolveOutputs } from './resolveOutputs.ts'
import { testOutput } from './runOutputs.ts'

/** *Test connection*, for outputs that are saved and for those that are not yet. */
export class OutputTests {
  readonly #present: (slug: string) => Promise<readonly StoredOutput[]>
  readonly #version: string
  readonly #logger: Logger

  /** @param present The outputs of an inference, with their secrets. */
  constructor(present: (slug: string) => Promise<readonly StoredOutput[]>, version: string, logger: Logger) {
    this.#present = present
    this.#version = version
    this.#logger = logger
  }

  /**
   * @param slug Of the inference whose stored secret the output has, where it keeps it.
   * @throws Refusal NOT_FOUND, INVALID_REQUEST where a secret is to be kept that is not stored
   */
  async test(given: NewOutput, slug: string | undefined): Promise<OutputTest> {
    const present = slug === undefined ? [] : await this.#present(slug)
    const lost = lostSecret(given, present, 'output')
    if (lost.length > 0) throw invalidFields(lost)
    const services = { logger: this.#logger, random: Math.random, onChange: () => undefined }
    const tests = resolveOutputs([given], present).map((setup) => testOutput(setup, this.#version, services))
    const [result] = await Promise.all(tests)
    if (!result) throw new Error('an output was tested and gave no result')
    return result
  }
}
