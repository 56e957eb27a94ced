import { z } from 'zod'
import { id, timestamp } from './primitives.ts'

/** From the finest to the gravest. */
export const logLevel = z.enum(['debug', 'info', 'warn', 'error'])

/** A line of a log. */
export const logRecord = z
  .object({
    seq: z.number().int().meta({ description: 'Grows from line to line, over restarts too.' }),
    at: timestamp,
    level: logLevel,
    inference: z.string().nullable(),
    run: id.nullable(),
    message: z.string()
  })
  .meta({ id: 'LogRecord' })
export type LogRecord = z.infer<typeof logRecord>

/** A line as it stands in a log’s file: JSON with whatever fields belong to it; these come after the message. */
export const logLine = z
  .looseObject({
    seq: z.number().int(),
    time: timestamp,
    level: logLevel,
    inference: z.string().optional(),
    run: id.optional(),
    message: z.string()
  })
  .transform(({ seq, time, level, inference = null, run = null, message, ...fields }): LogRecord => {
    const words = Object.entries(fields).map(([key, value]) => `${key}: ${inWords(value)}`)
    const whole = words.length === 0 ? message : `${message} (${words.join(', ')})`
    return { seq, at: time, level, inference, run, message: whole }
  })

function inWords(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return 'message' in value ? String(value.message) : JSON.stringify(value)
}

/** The application’s log is named `app`, a run’s by the run’s id. */
export const logName = z.union([z.literal('app'), id])

export const logFile = z
  .object({ log: logName, bytes: z.number().int(), lastAt: timestamp })
  .meta({ id: 'LogFile', description: 'A log as it is kept; the least recently written of the runs’ go first.' })
export type LogFile = z.infer<typeof logFile>

/** Which lines of a log are read, the newest first. */
export const logQuery = z.object({
  level: logLevel.default('debug').meta({ description: 'The finest level that is wanted.' }),
  text: z.string().max(200).default('').meta({ description: 'What the message holds, whatever the case.' }),
  after: z.coerce.number().int().optional().meta({ description: 'The `next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1000).default(200)
})
export type LogQuery = z.infer<typeof logQuery>
