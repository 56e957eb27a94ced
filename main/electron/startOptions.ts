import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { HostOptions } from '../host/config/config.ts'

type Environment = Record<string, string | undefined>

/**
 * What the application was started with: environment (`LINESIDE_DATA`, `LINESIDE_PORT`) < flag (`--data`, `--port`).
 * Switches of Electron's own stand among the arguments and are passed over.
 */
export function startOptions(
  args: readonly string[],
  environment: Environment,
  defaultFolder: string
): Pick<HostOptions, 'dataFolder' | 'port'> {
  const options = { data: { type: 'string' }, port: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true })
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  const port = text(values.port) ?? environment['LINESIDE_PORT']
  return {
    dataFolder: resolve(text(values.data) ?? environment['LINESIDE_DATA'] ?? defaultFolder),
    ...(port !== undefined && { port: Number(port) })
  }
}
