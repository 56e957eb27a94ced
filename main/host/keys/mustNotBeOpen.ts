import type { HostConfig } from '../config/config.ts'
import { isLoopback } from '../config/listening.ts'
import { Refusal } from '../refusal.ts'

/** What other machines reach asks for a key on every route. @throws Refusal CONFLICT */
export function mustNotBeOpen({ listen }: Pick<HostConfig, 'listen'>, areKeysRequired: boolean): void {
  if (areKeysRequired || isLoopback(listen)) return
  throw new Refusal(
    'CONFLICT',
    `At ${listen} other machines could reach Lineside without a key. Require keys on every route: by --require-keys, ` +
      'or in the settings of the window; or listen on 127.0.0.1.'
  )
}
