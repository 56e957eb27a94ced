import type { Stage, Timing } from '../../contract/index.ts'

/** How long a request took, stage by stage, in ms; a request that was not recorded has no time for that. */
export function stageTimes({ queueMs, decodeMs, preprocessMs, inferMs, postprocessMs, recordMs, totalMs }: Timing) {
  const times: [Stage, number][] = [
    ['queue', queueMs],
    ['decode', decodeMs],
    ['preprocess', preprocessMs],
    ['infer', inferMs],
    ['postprocess', postprocessMs],
    ['total', totalMs]
  ]
  if (recordMs > 0) times.push(['record', recordMs])
  return times
}
