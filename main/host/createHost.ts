import type { HostOptions } from './config/config.ts'

/** A running host. */
export interface Host {
  /** Such as `http://127.0.0.1:8600`. */
  url: string
  /** Opens the API to tools (`Authorization: Bearer`) and, once, a window (`?token=`). */
  token: string
  /** Stops every part in reverse order within one deadline. */
  stop(): Promise<void>
}

/**
 * Starts the whole application without Electron: the composition root.
 * @throws Refusal where the data folder is in use or the port is taken.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  throw new Error(`not built yet: ${options.dataFolder}`)
}
