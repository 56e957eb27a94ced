import { z } from 'zod'
import { resourceLimits, type SettingsChange } from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import type { Database } from '../database/database.ts'
import type { EventBus } from '../eventBus.ts'
import { putSetting, settingRows } from './settingsRows.ts'

/** What a person may change while the host runs. */
const stored = z.object({
  resources: resourceLimits.prefault({ cpuThreads: null, memoryBytes: null, gpuMemoryBytes: null }),
  comeBack: z.boolean().default(true),
  requireKeys: z.boolean().default(false)
})
export type ChangeableSettings = z.infer<typeof stored>

/** The settings that are kept in the database (F32). Who must act on a change is told of it. */
export class StoredSettings {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #listeners = new Set<(settings: ChangeableSettings) => void>()
  readonly #turns = new KeyedTurns()
  #current: ChangeableSettings

  private constructor(database: Database, bus: EventBus, current: ChangeableSettings) {
    this.#database = database
    this.#bus = bus
    this.#current = current
  }

  static async open(database: Database, bus: EventBus): Promise<StoredSettings> {
    const rows = await settingRows(database)
    const values = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]))
    return new StoredSettings(database, bus, stored.parse(values))
  }

  get current(): ChangeableSettings {
    return this.#current
  }

  /** What is absent stays. Resolves once it is stored and acted upon. */
  change(change: SettingsChange): Promise<void> {
    return this.#turns.run('settings', async () => {
      const next = merged(this.#current, change)
      await this.#database.write(Object.entries(next).map(([key, value]) => putSetting(this.#database, key, value)))
      this.#current = next
      for (const tell of this.#listeners) tell(next)
      this.#bus.publish({ type: 'changed', what: 'settings', project: null })
    })
  }

  /** Told at once, and after each change. */
  follow(tell: (settings: ChangeableSettings) => void): void {
    this.#listeners.add(tell)
    tell(this.#current)
  }
}

function merged(current: ChangeableSettings, { resources, comeBack, requireKeys }: SettingsChange): ChangeableSettings {
  const given = Object.entries(resources ?? {}).filter(([, value]) => value !== undefined)
  return {
    resources: { ...current.resources, ...Object.fromEntries(given) },
    comeBack: comeBack ?? current.comeBack,
    requireKeys: requireKeys ?? current.requireKeys
  }
}
