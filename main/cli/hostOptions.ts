import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { HostConfig } from '../host/config/config.ts'
import { defaultDataFolder, shippedFolders } from '../host/config/places.ts'
import { resolveConfig } from '../host/config/resolveConfig.ts'
import { CommandError, exitCodes } from './failure.ts'

/** The parsed options of a command. @throws CommandError for what is not understood. */
export const parseOptions: typeof parseArgs = (config) => {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), exitCodes.notUnderstood)
  }
}

/** The data folder by flag, then environment (`LINESIDE_DATA`), then the platform's custom. */
export function dataFolderOf(flag: string | undefined): string {
  return resolve(flag ?? process.env['LINESIDE_DATA'] ?? defaultDataFolder(process.env))
}

/** What of the configuration may be typed. */
interface HostFlags {
  data?: string | undefined
  port?: string | undefined
  listen?: string | undefined
  host?: string[] | undefined
  'require-keys'?: boolean | undefined
}

/** Default < `lineside.json` of the data folder < environment < flag. @throws CommandError, Refusal INVALID_REQUEST */
export function hostOptions(flags: HostFlags): Promise<HostConfig> {
  const port = flags.port === undefined ? undefined : parsePort(flags.port)
  const { listen, host: hosts, 'require-keys': requireKeys } = flags
  const defaults = { ...shippedFolders(), dataFolder: defaultDataFolder(process.env) }
  const given = { dataFolder: dataFolderOf(flags.data), port, listen, hosts, requireKeys }
  return resolveConfig({ defaults, environment: process.env, flags: given })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CommandError(
    `The port must be a number from 0 to 65535, not ${JSON.stringify(text)}.`,
    exitCodes.notUnderstood
  )
}
