import { openDatabase } from '../../../main/host/database/openDatabase.ts'
import { repairAtStart } from '../../../main/host/labels/repair.ts'
import { keepingLogger } from './keepingLogger.ts'
import { recordingInto, recordingSetup } from './recordings.ts'

/** Records without end into the data folder of its first argument, four at a time, and tells each id it was given. */
const folder = process.argv[2] ?? ''
const logger = keepingLogger()
const database = await openDatabase(folder, logger)
await repairAtStart(database, folder, logger)
const { recorder, row } = await recordingSetup(database, folder)

async function recordOn(): Promise<never> {
  for (;;) process.send?.(await recorder.record(recordingInto(row)))
}

await Promise.all([recordOn(), recordOn(), recordOn(), recordOn()])
