import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { systemCode } from '../../base/durableFile.ts'
import { Refusal } from '../refusal.ts'
import { hostConfig, type HostConfig, type HostOptions } from './config.ts'

/** What a layer sets; undefined counts as not set. */
type Given = { [K in keyof HostOptions]?: HostOptions[K] | undefined }

export interface ConfigSources {
  /** Where the program lies and such: weaker than all that a person says. */
  defaults: Given & { dataFolder: string }
  /** Environment variables, of which `LINESIDE_…` are looked at. */
  environment: Record<string, string | undefined>
  flags: Given
}

interface Layer {
  name: string
  values: Record<string, unknown>
}

const keys = hostConfig.keyof().options
const file = z.record(z.string(), z.unknown())

/**
 * Defaults < `lineside.json` of the data folder < environment < flags; checked once, then frozen.
 * The data folder itself cannot stand in its own file.
 * @throws Refusal INVALID_REQUEST that names the source and the value
 */
export async function resolveConfig({ defaults, environment, flags }: ConfigSources): Promise<HostConfig> {
  const outside = [
    { name: 'the environment', values: fromEnvironment(environment) },
    { name: 'the command line', values: { ...flags } }
  ]
  const dataFolder = z
    .string()
    .min(1)
    .parse(valueOf('dataFolder', [{ name: 'the defaults', values: defaults }, ...outside]))
  const layers = [{ name: 'the defaults', values: { ...defaults } }, await fromFile(dataFolder), ...outside]
  const merged = Object.fromEntries(keys.map((key) => [key, valueOf(key, layers)]))
  const parsed = hostConfig.safeParse(merged)
  if (!parsed.success) throw refusal(parsed.error, layers)
  return Object.freeze(parsed.data)
}

/** `LINESIDE_DATA` is the data folder, `LINESIDE_LOG_LEVEL` the log's level, and so on. */
export function environmentName(key: keyof HostConfig): string {
  if (key === 'dataFolder') return 'LINESIDE_DATA'
  return `LINESIDE_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`
}

function fromEnvironment(environment: ConfigSources['environment']): Layer['values'] {
  const given = keys.map((key) => [key, environment[environmentName(key)]] as const)
  return Object.fromEntries(
    given.filter(([, text]) => text !== undefined && text !== '').map(([key, text]) => [key, asValue(key, text)])
  )
}

/** Environment variables are texts; a number is what its schema takes no text for. Hosts stand with commas between. */
function asValue(key: keyof HostConfig, text: string | undefined): unknown {
  if (key === 'hosts') return text?.split(',').map((host) => host.trim())
  if (key === 'requireKeys')
    return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text
  const isText = hostConfig.shape[key].safeParse('text').success || key === 'logLevel' || key === 'listen'
  return isText || text === undefined || text.trim() === '' ? text : Number(text)
}

async function fromFile(dataFolder: string): Promise<Layer> {
  const name = join(dataFolder, 'lineside.json')
  const values = await readJson(name)
  const strange = Object.keys(values).filter((key) => key === 'dataFolder' || !keys.some((known) => known === key))
  if (strange.length === 0) return { name, values }
  throw new Refusal('INVALID_REQUEST', `${name} has settings that are not known there: ${strange.join(', ')}.`)
}

async function readJson(path: string): Promise<Layer['values']> {
  try {
    return file.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return {}
    throw new Refusal('INVALID_REQUEST', `${path} is not a JSON object: ${String(error)}`)
  }
}

function valueOf(key: string, layers: readonly Layer[]): unknown {
  return layers.findLast(({ values }) => values[key] !== undefined)?.values[key]
}

function refusal(error: z.ZodError, layers: readonly Layer[]): Refusal {
  const words = error.issues.map(({ path, message }) => {
    const key = String(path[0])
    const source = layers.findLast(({ values }) => values[key] !== undefined)
    return `${key} = ${JSON.stringify(valueOf(key, layers))} (${source?.name ?? 'not set'}): ${message}`
  })
  return new Refusal('INVALID_REQUEST', words.join('; '))
}
