import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { openReader, StatementCache, type Connection } from './connection.ts'
import {
  toPlainError,
  type OpenedMessage,
  type Statement,
  type ThreadAnswer,
  type ThreadRequest
} from './threadMessages.ts'

/** The entry of a thread that reads, with a connection that cannot write. */

const port = parentPort
if (!port) throw new Error('readerThread is the entry of a thread')

function serve(connection: Connection): void {
  const statements = new StatementCache(connection)
  port?.on('message', (request: ThreadRequest<Statement>) => {
    if (request) return port.postMessage([answer(statements, request.id, request.body)])
    connection.close()
    port.close()
  })
}

function answer(statements: StatementCache, id: number, { sql, parameters }: Statement): ThreadAnswer<unknown[]> {
  try {
    return { id, value: statements.get(sql).all(...parameters) }
  } catch (error) {
    return { id, error: toPlainError(error) }
  }
}

try {
  serve(openReader(z.object({ file: z.string() }).parse(workerData).file))
  port.postMessage({ error: null, note: null } satisfies OpenedMessage)
} catch (error) {
  port.postMessage({ error: toPlainError(error), note: null } satisfies OpenedMessage)
}
