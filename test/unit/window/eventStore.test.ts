import { expect, test } from 'vitest'
import type { Inference } from '../../../main/contract/index.ts'
import { emptyLiveState, reduceEvent, withAnswered } from '../../../renderer/api/eventStore.ts'

const id = '01K0000000000000000000000A'
const inference = (status: Inference['status'], since: string): Inference => ({
  ...{ slug: 'gate', name: 'Gate', type: 'api', project: { id, name: 'Boards' }, status, reason: null, since },
  ...{
    nextTryAt: null,
    lastPreparingMs: null,
    shutdownAt: null,
    queue: null,
    endpoint: '',
    nextModel: null,
    run: null,
    instances: []
  },
  model: { id, name: 'boards', version: '1', task: 'detection' },
  refusedImages: 0,
  counter: { ok: 0, warn: 0, ng: 0, errors: 0, since },
  outputs: [],
  figures: {
    ...{
      requests: 0,
      failures: 0,
      perMinute: 0,
      latencyMs: { p50: null, p95: null, p99: null },
      queued: 0,
      unanswered: 0
    },
    ...{
      failuresByCode: {},
      stagesMs: {},
      dropped: 0,
      unknownShare: null,
      verdicts: { ok: 0, warn: 0, ng: 0 },
      recorded: 0,
      recordingFailures: 0
    },
    ...{ sampling: [], recent: [], recentP95Ms: [] }
  }
})

test('an answer that comes after the stream told of a later status does not undo it; a new one counts', () => {
  const stopping = inference('stopping', '2026-11-24T06:42:17.204+01:00')
  const stopped = inference('stopped', '2026-11-24T05:42:17.205Z')
  const queued = inference('queued', '2026-11-24T06:42:18.000+01:00')
  const told = reduceEvent(emptyLiveState, { type: 'inference', inference: stopped })
  expect(withAnswered(told, stopping).inferences['gate']?.status).toBe('stopped')
  expect(withAnswered(told, queued).inferences['gate']?.status).toBe('queued')
  expect(withAnswered(emptyLiveState, stopping).inferences['gate']?.status).toBe('stopping')
})
