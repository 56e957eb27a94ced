import { z } from 'zod'
import { hostHealth } from '../health.ts'
import { figuresHistory, historyQuery } from '../history.ts'
import { logFile, logName, logQuery, logRecord } from '../log.ts'
import { list } from '../primitives.ts'
import { route } from '../route.ts'
import { bySlug } from './parts.ts'

const byLog = z.object({ log: logName })
const zip = ['application/zip'] as const

/** Logs, health, figures over time, and what a helper needs of them (F16). */
export const telemetryRoutes = {
  listLogs: route({
    method: 'GET',
    path: '/v1/logs',
    access: 'window',
    tag: 'telemetry',
    summary: 'The application’s log and those of the runs, the last written first',
    answer: list(logFile)
  }),
  readLog: route({
    method: 'GET',
    path: '/v1/logs/{log}',
    access: 'window',
    tag: 'telemetry',
    summary: 'Lines of a log, the newest first; new ones come with the event stream',
    params: byLog,
    query: logQuery,
    answer: z.object({ items: z.array(logRecord), next: z.number().int().nullable() }),
    errors: ['NOT_FOUND']
  }),
  downloadLog: route({
    method: 'GET',
    path: '/v1/logs/{log}/file',
    access: 'window',
    tag: 'telemetry',
    summary: 'A whole log as it is kept, the oldest line first, each a JSON object',
    params: byLog,
    binary: ['application/x-ndjson'],
    errors: ['NOT_FOUND']
  }),
  health: route({
    method: 'GET',
    path: '/v1/health',
    access: 'window',
    tag: 'telemetry',
    summary: 'How Lineside stands, part by part',
    answer: hostHealth
  }),
  figuresHistory: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/history',
    access: 'window',
    tag: 'telemetry',
    summary: 'Figures of an inference over time, up to 30 days back',
    params: bySlug,
    query: historyQuery,
    answer: figuresHistory,
    errors: ['NOT_FOUND']
  }),
  diagnostics: route({
    method: 'GET',
    path: '/v1/diagnostics',
    access: 'window',
    tag: 'telemetry',
    summary: 'A ZIP for whoever helps: versions, settings without secrets, logs, health, figures; no image',
    binary: zip
  }),
  inferenceDiagnostics: route({
    method: 'GET',
    path: '/v1/inferences/{slug}/diagnostics',
    access: 'window',
    tag: 'telemetry',
    summary: 'The same with the logs, setup and figures of one inference alone',
    params: bySlug,
    binary: zip,
    errors: ['NOT_FOUND']
  })
} as const
