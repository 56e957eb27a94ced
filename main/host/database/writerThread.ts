import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { openWriter, type Connection } from './connection.ts'
import { GroupCommit, type Unit } from './groupCommit.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { toPlainError, type OpenedMessage, type Statement, type ThreadRequest } from './threadMessages.ts'

/** The entry of the thread that writes: the only one that ever does. */

const port = parentPort
if (!port) throw new Error('writerThread is the entry of a thread')

function open(file: string): Connection {
  const connection = openWriter(file)
  const report = migrate(connection, file, migrations)
  const copied = report.backup ? `, the data before it was copied to ${report.backup}` : ''
  const note = report.from === report.to ? null : `schema brought from ${report.from} to ${report.to}${copied}`
  port?.postMessage({ error: null, note } satisfies OpenedMessage)
  return connection
}

function serve(connection: Connection): void {
  const group = new GroupCommit(connection)
  let gathered: Unit[] = []
  const flush = () => {
    const units = gathered
    gathered = []
    if (units.length > 0) port?.postMessage(group.commit(units))
  }
  port?.on('message', (request: ThreadRequest<readonly Statement[]>) => {
    if (request) {
      // All messages that have arrived are handed over before the immediate runs: they are the group.
      if (gathered.push(request) === 1) setImmediate(flush)
      return
    }
    flush()
    connection.close()
    port.close()
  })
}

try {
  serve(open(z.object({ file: z.string() }).parse(workerData).file))
} catch (error) {
  port.postMessage({ error: toPlainError(error), note: null } satisfies OpenedMessage)
}
