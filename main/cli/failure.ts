export const exitCodes = { done: 0, failed: 1, notUnderstood: 2, folderInUse: 3 } as const

/** A command that could not do what it should; the message is for whoever typed it. */
export class CommandError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number = exitCodes.failed) {
    super(message)
    this.name = 'CommandError'
    this.exitCode = exitCode
  }
}

/** What went wrong, in one line; a defect with its stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const isExpected = error instanceof CommandError || error.name === 'Refusal' || error.name === 'ApiProblem'
  return isExpected ? error.message : (error.stack ?? error.message)
}
