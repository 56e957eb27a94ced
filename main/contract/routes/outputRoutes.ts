import { z } from 'zod'
import { newOutput, outputTest } from '../outputs.ts'
import { route } from '../route.ts'

/** What is sent on to other systems (F13c). */
export const outputRoutes = {
  testOutput: route({
    method: 'POST',
    path: '/v1/outputs/test',
    access: 'window',
    tag: 'outputs',
    summary: 'Send one harmless message to an output, whether it is saved or not, and say what came of it',
    body: z.strictObject({
      output: newOutput,
      inference: z.string().max(64).optional().meta({ description: 'The slug of the one whose stored secret it has.' })
    }),
    answer: outputTest,
    errors: ['NOT_FOUND']
  })
} as const
