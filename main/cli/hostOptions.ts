import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { packageRoot } from '../base/packageRoot.ts'
import { hostConfig, type HostOptions } from '../host/config/config.ts'
import { CommandError, exitCodes } from './failure.ts'

type Environment = Record<string, string | undefined>

/** The parsed options of a command. @throws CommandError for what is not understood. */
export const parseOptions: typeof parseArgs = (config) => {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error), exitCodes.notUnderstood)
  }
}

/** Where Lineside keeps its data unless it is told otherwise. */
export function defaultDataFolder(platform: NodeJS.Platform, environment: Environment, home: string): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Lineside')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lineside')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'lineside')
}

/** The data folder by flag, then environment (`LINESIDE_DATA`), then the platform's custom. */
export function dataFolderOf(flag: string | undefined): string {
  const { env } = process
  return resolve(flag ?? env['LINESIDE_DATA'] ?? defaultDataFolder(process.platform, env, homedir()))
}

/** What ships with Lineside: the sample projects and the built window, where they are there. */
export function shippedFolders(): Pick<HostOptions, 'sampleFolder' | 'windowFolder'> {
  const root = packageRoot(import.meta.url)
  const present = (path: string) => (existsSync(path) ? path : null)
  return {
    sampleFolder: present(join(root, 'resources', 'sample')),
    windowFolder: present(join(root, 'dist', 'window'))
  }
}

/** Default < `config.json` of the data folder < environment (`LINESIDE_PORT`) < flag. @throws CommandError */
export function hostOptions(flags: { data?: string | undefined; port?: string | undefined }): HostOptions {
  const dataFolder = dataFolderOf(flags.data)
  const port = flags.port ?? process.env['LINESIDE_PORT']
  return {
    ...shippedFolders(),
    ...readConfigFile(join(dataFolder, 'config.json')),
    ...(port !== undefined && { port: parsePort(port) }),
    dataFolder
  }
}

const configFile = hostConfig.omit({ dataFolder: true }).partial().strict()

function readConfigFile(path: string): Partial<HostOptions> {
  if (!existsSync(path)) return {}
  try {
    const given = configFile.parse(JSON.parse(readFileSync(path, 'utf8')))
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error)
    throw new CommandError(`${path} cannot be used:\n${why}`)
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new CommandError(
    `The port must be a number from 0 to 65535, not ${JSON.stringify(text)}.`,
    exitCodes.notUnderstood
  )
}
