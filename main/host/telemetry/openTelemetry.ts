import type { Disposables } from '../../base/disposables.ts'
import type { Inference } from '../../contract/index.ts'
import type { HostConfig } from '../config/config.ts'
import type { ThreadedDatabase } from '../database/openDatabase.ts'
import type { EventBus } from '../eventBus.ts'
import { FiguresHistory } from './figuresHistory.ts'
import { Health } from './health.ts'
import type { Logs } from './logs.ts'
import { LoopDelay } from './loopDelay.ts'
import { Metrics } from './metrics.ts'
import { WorkstationWatch, type WatchedResources } from './workstationWatch.ts'

interface Watched {
  config: HostConfig
  bus: EventBus
  database: ThreadedDatabase
  logs: Logs
  inferences: () => Promise<Inference[]>
  resources: WatchedResources
}

/** Opens what counts and watches. Must come before the runs, so that what they count last is stored. */
export function openTelemetry(watched: Watched, parts: Disposables) {
  const { config, bus, database, logs, inferences, resources } = watched
  const { dataFolder, leastFreeBytes } = config
  const metrics = new Metrics(inferences)
  const history = new FiguresHistory(database, logs.logger)
  parts.add('the figures', history.start(), (release) => release())
  const loop = new LoopDelay()
  parts.add('the watch of the host’s thread', loop.start(), (release) => release())
  const health = new Health({ dataFolder, leastFreeBytes, database, logs, loop, inferences })
  const watch = new WorkstationWatch(dataFolder, bus, inferences, resources)
  parts.add('the workstation’s watch', watch.start(), (release) => release())
  return { metrics, history, health, watch }
}
