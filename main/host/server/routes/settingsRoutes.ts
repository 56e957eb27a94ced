import { routes, type Workstation } from '../../../contract/index.ts'
import type { Settings } from '../../settings/settings.ts'
import { handle, type Api } from '../handle.ts'

export function settingsRoutes(api: Api, settings: Settings, workstation: () => Promise<Workstation>): void {
  handle(api, routes.settings, async () => settings.read())
  handle(api, routes.changeSettings, ({ body }) => settings.change(body))
  handle(api, routes.workstation, workstation)
}
