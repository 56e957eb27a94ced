import { toEngine, type FromEngine, type ResultMessage } from '../../main/engine/protocol.ts'

// An engine's process that computes nothing: it speaks the protocol and answers at once, so that what a request takes
// is the host's. The answer is as large as a detector's over a picture with three finds.

const found: Pick<ResultMessage, 'image' | 'predictions' | 'timing'> = {
  image: { width: 1920, height: 1080 },
  predictions: [120, 640, 1310].map((x) => ({
    class: 'missing_hole',
    confidence: 0.87,
    unknown: false,
    box: { x, y: 300, width: 42.5, height: 40.25 }
  })),
  timing: { decodeMs: 0, preprocessMs: 0, inferMs: 0, postprocessMs: 0 }
}

const ready: FromEngine = {
  kind: 'ready',
  provider: 'cpu',
  fallback: null,
  dynamicBatch: false,
  tensors: { inputs: [], outputs: [] },
  loadMs: 0,
  warmUpMs: 0
}

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message)
}

process.on('message', (given) => {
  const message = toEngine.parse(given)
  if (message.kind === 'predict') send({ kind: 'result', id: message.id, ...found })
  if (message.kind === 'load') send(ready)
  if (message.kind === 'stop') process.disconnect()
})
const usage = () => send({ kind: 'usage', memoryBytes: process.memoryUsage.rss(), cpuShare: 0, computingMs: null })
const sign = setInterval(usage, 1000)
process.on('disconnect', () => clearInterval(sign))
process.on('SIGINT', () => undefined)
