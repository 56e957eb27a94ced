import { Engine } from './engine.ts'
import { toEngine, type FromEngine } from './protocol.ts'

/** The entry of an instance's own process: it joins the engine to the channel from the host, and reports what it uses. */

const usageIntervalMs = 1000

function send(message: FromEngine): void {
  if (process.connected) process.send?.(message)
}

// Ready, and what that takes: the host knows both at once, however soon the run is stopped.
const engine = new Engine((message) => {
  if (message.kind === 'ready') tellUsage()
  send(message)
})
let before = cpuMoment()
const usage = setInterval(() => tellUsage(), usageIntervalMs)

process.on('message', (message) => {
  const request = toEngine.parse(message)
  void engine.receive(request).then(() => {
    if (request.kind === 'stop') end()
  })
})

// The host is gone: there is nobody left to answer. A signal ends the process whatever its session thread does.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// A terminal's Ctrl-C reaches the whole group; the host decides when its engines end.
process.on('SIGINT', () => undefined)

/** In milliseconds: what the process has computed, and when that was read. */
function cpuMoment(): { cpuMs: number; at: number } {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, at: performance.now() }
}

function tellUsage(): void {
  const now = cpuMoment()
  const cpuShare = (now.cpuMs - before.cpuMs) / (now.at - before.at)
  before = now
  send({ kind: 'usage', memoryBytes: process.memoryUsage.rss(), cpuShare, computingMs: engine.computingMs })
}

function end(): void {
  clearInterval(usage)
  process.removeAllListeners('disconnect')
  if (process.connected) process.disconnect()
}
