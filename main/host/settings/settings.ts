import type { ResourceBudget, Settings as SettingsView, SettingsChange } from '../../contract/index.ts'
import type { HostConfig } from '../config/config.ts'
import { defaultThreads } from '../inference/setupRules.ts'
import { mustNotBeOpen } from '../keys/mustNotBeOpen.ts'
import type { StoredSettings } from './storedSettings.ts'

/** What is known only while the host runs. */
export type KnownSettings = Pick<SettingsView, 'version' | 'url' | 'sampleProject'>

export interface SettingsServices {
  config: HostConfig
  stored: StoredSettings
  /** The limits in force. */
  budget: () => ResourceBudget
  known: () => KnownSettings
}

/** What Lineside is and how it was set up, and what of that may be changed while it runs. */
export class Settings {
  readonly #services: SettingsServices

  constructor(services: SettingsServices) {
    this.#services = services
  }

  read(): SettingsView {
    const { config, stored, budget, known } = this.#services
    const { dataFolder, bodyLimitBytes, pixelLimit } = config
    const fixed = { dataFolder, bodyLimitBytes, pixelLimit, defaultThreads: defaultThreads() }
    return { ...known(), ...fixed, ...stored.current, budget: budget() }
  }

  get areKeysRequired(): boolean {
    return this.#services.stored.current.requireKeys
  }

  /**
   * Resolves once the change is stored and in force.
   * @throws Refusal CONFLICT where keys are to be required no longer while other machines reach this one
   */
  async change(change: SettingsChange): Promise<SettingsView> {
    if (change.requireKeys === false) mustNotBeOpen(this.#services.config, false)
    await this.#services.stored.change(change)
    return this.read()
  }
}
