import type { Logger } from '../../../main/base/logger.ts'

/** A logger that keeps its lines. */
export function keepingLogger(): Logger & { lines: string[] } {
  const lines: string[] = []
  const keep = (message: string) => void lines.push(message)
  const logger = { lines, debug: keep, info: keep, warn: keep, error: keep, child: () => logger }
  return logger
}
