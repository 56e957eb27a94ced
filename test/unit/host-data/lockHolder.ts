import { lockDataFolder } from '../../../main/host/database/lockDataFolder.ts'

/** Holds the lock of the data folder in its first argument until it is killed. */
await lockDataFolder(process.argv[2] ?? '')
process.send?.('held')
setInterval(() => undefined, 60_000)
