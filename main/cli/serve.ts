import { createHost, type Host } from '../host/createHost.ts'
import { DataFolderInUse } from '../host/database/lockDataFolder.ts'
import type { HostConfig } from '../host/config/config.ts'
import { letHeapGrow } from '../host/heapGrowth.ts'
import { readHostFile } from '../host/config/hostFile.ts'
import { exitCodes } from './failure.ts'
import { hostOptions, parseOptions } from './hostOptions.ts'
import { openInBrowser } from './openInBrowser.ts'

const options = {
  data: { type: 'string' },
  port: { type: 'string' },
  listen: { type: 'string' },
  host: { type: 'string', multiple: true },
  'require-keys': { type: 'boolean' },
  json: { type: 'boolean', default: false },
  open: { type: 'boolean', default: false }
} as const

interface Wishes {
  json: boolean
  open: boolean
}

/** Runs the host until it is told to stop (SIGINT, SIGTERM). */
export async function serve(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options })
  const wanted = await hostOptions(values)
  letHeapGrow()
  try {
    const host = await createHost(wanted)
    await announce(host, wanted, values)
    await untilToldToStop()
    await host.stop()
    return exitCodes.done
  } catch (error) {
    if (error instanceof DataFolderInUse) return pointToOther(error, wanted.dataFolder, values)
    throw error
  }
}

function windowUrl(url: string, token: string): string {
  return `${url}/?token=${token}`
}

async function announce({ url, token }: Host, wanted: HostConfig, { json, open }: Wishes): Promise<void> {
  const openUrl = windowUrl(url, token)
  const { dataFolder, windowFolder } = wanted
  if (json) console.log(JSON.stringify({ url, pid: process.pid, token, openUrl, dataFolder }))
  else console.log(inWords(url, windowFolder ? openUrl : 'is not built; `npm run build` builds it', dataFolder))
  if (open) await openInBrowser(openUrl, dataFolder)
}

function inWords(url: string, window: string, dataFolder: string): string {
  return `Lineside runs.\n  Window  ${window}\n  API     ${url}/docs\n  Data    ${dataFolder}\nStop it with Ctrl+C.`
}

/** Another host has the folder: says so, and with --open shows its window, which is what was wanted. */
async function pointToOther(error: DataFolderInUse, dataFolder: string, { json, open }: Wishes): Promise<number> {
  const other = await readHostFile(dataFolder)
  const about = { code: 'DATA_FOLDER_IN_USE', alreadyRunning: true, url: other?.url ?? null, pid: other?.pid ?? null }
  if (json) console.log(JSON.stringify({ ...about, detail: error.message }))
  else console.error(error.message)
  if (!open || !other) return exitCodes.folderInUse
  await openInBrowser(windowUrl(other.url, other.token), dataFolder)
  return exitCodes.done
}

/**
 * Resolves with the first signal. Later ones change nothing: a terminal and whoever started this may both send one,
 * and the stop has a deadline of its own.
 */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
  })
}
