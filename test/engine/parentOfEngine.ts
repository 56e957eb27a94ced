import { loadMessage } from '../../main/engine/protocol.ts'
import { EngineProcess } from './engineProcess.ts'

/** A process that starts an engine, tells its id once the model is loaded, and waits to be killed. */
process.once('message', (message) => {
  const engine = new EngineProcess()
  const load = loadMessage.omit({ kind: true }).parse(message)
  void engine.load(load).then(() => process.send?.(engine.child.pid))
})
