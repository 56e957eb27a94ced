import { dataRoutes } from './routes/dataRoutes.ts'
import { estimateRoutes } from './routes/estimateRoutes.ts'
import { inferenceRoutes } from './routes/inferenceRoutes.ts'
import { keyRoutes } from './routes/keyRoutes.ts'
import { lineRoutes } from './routes/lineRoutes.ts'
import { modelRoutes } from './routes/modelRoutes.ts'
import { optimizationRoutes } from './routes/optimizationRoutes.ts'
import { outputRoutes } from './routes/outputRoutes.ts'
import { projectRoutes } from './routes/projectRoutes.ts'
import { settingsRoutes } from './routes/settingsRoutes.ts'
import { telemetryRoutes } from './routes/telemetryRoutes.ts'
import { v2Routes } from './routes/v2Routes.ts'

/**
 * All routes of the API by name. `GET /v1/events`, `/metrics`, `/openapi.json` and `/docs` stand with the server.
 * Adding one: CONTRIBUTING.md.
 */
export const routes = {
  ...lineRoutes,
  ...projectRoutes,
  ...modelRoutes,
  ...optimizationRoutes,
  ...inferenceRoutes,
  ...estimateRoutes,
  ...outputRoutes,
  ...dataRoutes,
  ...settingsRoutes,
  ...telemetryRoutes,
  ...keyRoutes,
  ...v2Routes
} as const
