import type { PredictAnswer } from '../../contract/index.ts'
import { isoTimestamp } from '../clock.ts'

const nobody = '0'.repeat(26)

/** What *Test connection* sends: of the shape of a result, and nothing in it that moves a gate. */
export function testAnswer(): PredictAnswer {
  return {
    requestId: 'test',
    inference: 'test',
    runId: nobody,
    model: { id: nobody, name: 'test' },
    image: { width: 1, height: 1 },
    predictions: [],
    verdict: null,
    metadata: { timestamp: isoTimestamp(), inference: 'test', run: nobody, model: 'test' },
    sample: null,
    timing: { queueMs: 0, decodeMs: 0, preprocessMs: 0, inferMs: 0, postprocessMs: 0, recordMs: 0, totalMs: 0 }
  }
}
