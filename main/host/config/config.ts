import { z } from 'zod'
import { isHost } from './listening.ts'

/** What a host is started with. Precedence: default < file < environment < flag; parsed once, then passed down. */
export const hostConfig = z.object({
  dataFolder: z.string().min(1),
  port: z.number().int().min(0).max(65_535).default(8600).describe('0: any free port'),
  listen: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1').describe('Any but loopback only where keys are required.'),
  hosts: z
    .array(z.string().refine(isHost, 'must be a name or address, with a port or without'))
    .default([])
    .describe('Names by which the host may be called, beside those of this machine.'),
  requireKeys: z.boolean().default(false).describe('Turns on that every route asks for a key; it stays on.'),
  bodyLimitBytes: z
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  modelLimitBytes: z
    .number()
    .int()
    .positive()
    .default(4 * 1024 ** 3),
  pixelLimit: z.number().int().positive().default(100_000_000),
  leastFreeBytes: z
    .number()
    .int()
    .min(0)
    .default(1024 ** 3)
    .describe('Recording stops before the disk has less free.'),
  stopDeadlineMs: z.number().int().positive().default(10_000),
  sampleFolder: z.string().nullable().default(null).describe('The sample projects that an empty store is given (F4).'),
  windowFolder: z.string().nullable().default(null).describe('The built window; null serves the API alone.'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info')
})
export type HostConfig = z.infer<typeof hostConfig>
export type HostOptions = z.input<typeof hostConfig>
