import { StatementCache, type Connection } from './connection.ts'
import type { WriteResult } from './database.ts'
import { toPlainError, type Statement, type ThreadAnswer, type ThreadAnswers } from './threadMessages.ts'

/** Statements that succeed or fail together. */
export interface Unit {
  id: number
  body: readonly Statement[]
}

type Answer = ThreadAnswer<WriteResult[]>

/**
 * Commits many units in one transaction, so that one sync serves them all. Each unit has a savepoint:
 * one that fails is undone and leaves the others alone.
 */
export class GroupCommit {
  readonly #connection: Connection
  readonly #statements: StatementCache

  constructor(connection: Connection) {
    this.#connection = connection
    this.#statements = new StatementCache(connection)
  }

  /** One answer for each unit, once they are committed. */
  commit(units: readonly Unit[]): ThreadAnswers<WriteResult[]> {
    try {
      this.#run('BEGIN IMMEDIATE')
      const answers = units.map((unit) => this.#attempt(unit))
      this.#run('COMMIT')
      return answers
    } catch (error) {
      if (this.#connection.inTransaction) this.#run('ROLLBACK')
      return units.map(({ id }) => ({ id, error: toPlainError(error) }))
    }
  }

  #attempt({ id, body }: Unit): Answer {
    this.#run('SAVEPOINT unit')
    try {
      const value = body.map((statement) => this.#write(statement))
      this.#run('RELEASE unit')
      return { id, value }
    } catch (error) {
      // A full disk or a failing one ends the whole transaction, and with it every unit.
      if (!this.#connection.inTransaction) throw error
      this.#run('ROLLBACK TO unit')
      this.#run('RELEASE unit')
      return { id, error: toPlainError(error) }
    }
  }

  #write({ sql, parameters }: Statement): WriteResult {
    return { changes: this.#statements.get(sql).run(...parameters).changes }
  }

  #run(sql: string): void {
    this.#statements.get(sql).run()
  }
}
