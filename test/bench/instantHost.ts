import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { shippedFolders } from '../../main/host/config/places.ts'
import { letHeapGrow } from '../../main/host/heapGrowth.ts'
import { createHost } from '../../main/host/createHost.ts'

// `lineside serve` with the engine that answers at once.

const { values } = parseArgs({ options: { data: { type: 'string', default: '' } } })
const engineEntry = fileURLToPath(new URL('./instantEngine.ts', import.meta.url))
const shipped = shippedFolders()
letHeapGrow()
const host = await createHost({ ...shipped, dataFolder: values.data, port: 0, leastFreeBytes: 0 }, { engineEntry })
process.stdout.write(`${JSON.stringify({ url: host.url, token: host.token })}\n`)
process.once('SIGTERM', () => void host.stop())
