import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ConfigSources } from '../host/config/resolveConfig.ts'

/** `--data` and `--port`. Switches of Electron's own stand among the arguments and are passed over. */
export function startFlags(args: readonly string[]): ConfigSources['flags'] {
  const options = { data: { type: 'string' }, port: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true })
  const { data, port } = values
  return {
    dataFolder: typeof data === 'string' ? resolve(data) : undefined,
    port: typeof port === 'string' ? Number(port) : undefined
  }
}
