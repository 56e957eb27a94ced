import type { Setup } from '../../main/contract/index.ts'

type Shutdown = Setup['general']['shutdown']

/** The shutdown time as it is typed: every kind keeps its value while another one is chosen. */
export interface ShutdownDraft {
  kind: Shutdown['kind']
  minutes: number | string
  hours: number | string
  time: string
}

export const newShutdown: ShutdownDraft = { kind: 'never', minutes: 30, hours: 8, time: '22:00' }

export function shutdownDraftOf(shutdown: Shutdown): ShutdownDraft {
  return { ...newShutdown, ...shutdown }
}

/** What is sent: the chosen kind with its own value. */
export function shutdownOf({ kind, minutes, hours, time }: ShutdownDraft): Record<string, unknown> {
  const values = { never: {}, idle: { minutes }, after: { hours }, at: { time } }
  return { kind, ...values[kind] }
}
