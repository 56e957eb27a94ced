import { createHash, randomBytes } from 'node:crypto'
import { ulid } from 'ulid'
import { z } from 'zod'
import { keyScope, type CreatedKey, type Key, type KeyScope, type NewKey } from '../../contract/index.ts'
import { KeyedTurns } from '../../base/keyedTurns.ts'
import { isoTimestamp } from '../clock.ts'
import type { Database } from '../database/database.ts'
import type { ApiKeyRow } from '../database/tables.ts'
import type { EventBus } from '../eventBus.ts'
import { Refusal } from '../refusal.ts'
import { deleteKey, insertKey, keyRows } from './keyRows.ts'

/** So that a key is known for one wherever it turns up, by people and by programs that look for leaked secrets. */
const prefix = 'lineside_'
const scopesText = z.array(keyScope)

/** API keys (F23). A key holds 256 random bits, so its plain SHA-256 gives nothing away and is found at once. */
export class Keys {
  readonly #database: Database
  readonly #bus: EventBus
  readonly #turns = new KeyedTurns()
  /** By their hash. */
  readonly #keys: Map<string, Key>

  private constructor(database: Database, bus: EventBus, keys: Map<string, Key>) {
    this.#database = database
    this.#bus = bus
    this.#keys = keys
  }

  static async open(database: Database, bus: EventBus): Promise<Keys> {
    const rows = await keyRows(database)
    return new Keys(database, bus, new Map(rows.map((row) => [row.digest, toKey(row)])))
  }

  /** The oldest first. */
  list(): Key[] {
    return [...this.#keys.values()]
  }

  /** What a key opens; undefined where it is none, or was revoked. */
  scopesOf(secret: string): readonly KeyScope[] | undefined {
    return this.#keys.get(digest(secret))?.scopes
  }

  /** @returns the key with what is sent as it, which is not kept. @throws Refusal NAME_TAKEN */
  create({ name, scopes }: NewKey): Promise<CreatedKey> {
    return this.#inTurn(async () => {
      const taken = this.list().some((key) => key.name.toLowerCase() === name.toLowerCase())
      if (taken) throw new Refusal('NAME_TAKEN', `There is a key “${name}” already; give this one another name.`)
      const secret = prefix + randomBytes(32).toString('base64url')
      const row = {
        ...{ id: ulid(), name, scopes: JSON.stringify([...new Set(scopes)]) },
        ...{ digest: digest(secret), created_at: Date.now() }
      }
      await this.#database.write([insertKey(this.#database, row)])
      this.#keys.set(row.digest, toKey(row))
      this.#changed()
      return { ...toKey(row), secret }
    })
  }

  /** It opens nothing any more. @throws Refusal NOT_FOUND */
  revoke(id: string): Promise<void> {
    return this.#inTurn(async () => {
      const found = [...this.#keys].find(([, key]) => key.id === id)
      if (!found) throw new Refusal('NOT_FOUND', `There is no key ${id}.`)
      this.#keys.delete(found[0])
      await this.#database.write([deleteKey(this.#database, id)])
      this.#changed()
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run('keys', work)
  }

  #changed(): void {
    this.#bus.publish({ type: 'changed', what: 'keys', project: null })
  }
}

function toKey({ id, name, scopes, created_at }: ApiKeyRow): Key {
  return { id, name, scopes: scopesText.parse(JSON.parse(scopes)), createdAt: isoTimestamp(new Date(created_at)) }
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
