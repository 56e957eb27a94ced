import { routes, type Settings, type Workstation } from '../../../contract/index.ts'
import { handle, type Api } from '../handle.ts'

export function settingsRoutes(
  api: Api,
  settings: () => Promise<Settings>,
  workstation: () => Promise<Workstation>
): void {
  handle(api, routes.settings, settings)
  handle(api, routes.workstation, workstation)
}
