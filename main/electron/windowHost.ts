import type { HostOptions } from '../host/config/config.ts'
import { readHostFile } from '../host/config/hostFile.ts'
import { createHost } from '../host/createHost.ts'
import { DataFolderInUse } from '../host/database/lockDataFolder.ts'

/** The host that the window shows: one of this process' own, or the one that holds the data folder already. */
export interface WindowHost {
  /** Where it is served; everything else is foreign. */
  origin: string
  /** The session that the shell gives its window, so that the token is in no address. */
  cookie: { name: string; value: string }
  /** Stops an own host; leaves another one as it is. */
  stop(): Promise<void>
}

/**
 * Starts a host, or finds the one that runs on the same data folder, such as one of `lineside serve`.
 * @throws Refusal where the port is taken; DataFolderInUse where the other one does not say how it is reached.
 */
export async function openWindowHost(options: HostOptions): Promise<WindowHost> {
  try {
    const host = await createHost(options)
    return { origin: host.url, cookie: await openSession(host.url, host.token), stop: () => host.stop() }
  } catch (error) {
    const running = error instanceof DataFolderInUse ? await readHostFile(options.dataFolder) : null
    if (!running) throw error
    return { origin: running.url, cookie: await openSession(running.url, running.token), stop: async () => {} }
  }
}

/** Trades the token for a session, as a browser does that is given the address with the token. */
async function openSession(url: string, token: string): Promise<{ name: string; value: string }> {
  const answer = await fetch(`${url}/?token=${encodeURIComponent(token)}`, { redirect: 'manual' })
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '') ?? []
  if (name === undefined || value === undefined) throw new Error(`${url} opened no session (${answer.status}).`)
  return { name, value }
}
