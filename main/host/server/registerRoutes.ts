import type { Logger } from '../../base/logger.ts'
import type { HostConfig } from '../config/config.ts'
import type { EventBus } from '../eventBus.ts'
import type { Inferences } from '../inference/inferences.ts'
import type { IncomingModels } from '../models/incomingModels.ts'
import type { Models } from '../models/models.ts'
import type { Optimizations } from '../optimization/optimizations.ts'
import type { OutputTests } from '../outputs/outputTests.ts'
import type { Projects } from '../projects/projects.ts'
import type { SamplingEstimates } from '../sampling/estimates.ts'
import type { Api } from './handle.ts'
import { dataRoutes, type DataServices } from './routes/dataRoutes.ts'
import { docsRoutes } from './routes/docsRoutes.ts'
import { estimateRoutes } from './routes/estimateRoutes.ts'
import { eventRoutes, type Snapshot } from './routes/eventRoutes.ts'
import { healthRoutes } from './routes/healthRoutes.ts'
import { keyRoutes } from './routes/keyRoutes.ts'
import { inferenceRoutes } from './routes/inferenceRoutes.ts'
import { metricsRoute } from './routes/metricsRoute.ts'
import { modelRoutes } from './routes/modelRoutes.ts'
import { optimizationRoutes } from './routes/optimizationRoutes.ts'
import { outputRoutes } from './routes/outputRoutes.ts'
import { predictRoutes } from './routes/predictRoutes.ts'
import { projectRoutes } from './routes/projectRoutes.ts'
import { settingsRoutes } from './routes/settingsRoutes.ts'
import { telemetryRoutes, type TelemetryServices } from './routes/telemetryRoutes.ts'
import { v2Routes } from './routes/v2Routes.ts'
import type { Keys } from '../keys/keys.ts'
import type { WorkstationWatch } from '../telemetry/workstationWatch.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import type { Settings } from '../settings/settings.ts'
import type { Sessions } from './sessions.ts'

/** All that the server offers to the outside. */
export interface ServerParts extends DataServices, TelemetryServices {
  config: HostConfig
  logger: Logger
  sessions: Sessions
  version: string
  projects: Projects
  models: Models
  incoming: IncomingModels
  optimizations: Optimizations
  estimates: SamplingEstimates
  inferences: Inferences
  outputTests: OutputTests
  bus: EventBus
  metrics: Metrics
  settings: Settings
  keys: Keys
  watch: WorkstationWatch
}

/** Every route of the API, one file a resource. */
export function registerRoutes(api: Api, parts: ServerParts): void {
  const { config, inferences } = parts
  healthRoutes(api, inferences)
  metricsRoute(api, parts.metrics)
  predictRoutes(api, inferences, config.bodyLimitBytes)
  inferenceRoutes(api, inferences, config.pixelLimit)
  outputRoutes(api, parts.outputTests)
  projectRoutes(api, parts.projects)
  modelRoutes(api, parts, config.modelLimitBytes, config.bodyLimitBytes)
  optimizationRoutes(api, parts.optimizations)
  estimateRoutes(api, parts.estimates)
  dataRoutes(api, parts)
  settingsRoutes(api, parts.settings, () => parts.watch.read())
  telemetryRoutes(api, parts)
  keyRoutes(api, parts.keys)
  v2Routes(api, inferences, parts.version, config.bodyLimitBytes)
  docsRoutes(api, inferences, () => parts.settings.areKeysRequired)
  eventRoutes(api, parts.bus, snapshotOf(parts))
}

function snapshotOf({ version, inferences, watch }: ServerParts): Snapshot {
  return async () => [
    { type: 'hello', version },
    ...(await inferences.list()).map((inference) => ({ type: 'inference' as const, inference })),
    { type: 'workstation', workstation: await watch.read() }
  ]
}
