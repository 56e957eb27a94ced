import { routes } from '../../../contract/index.ts'
import type { Projects } from '../../projects/projects.ts'
import { handle, type Api } from '../handle.ts'

export function projectRoutes(api: Api, projects: Projects): void {
  handle(api, routes.listProjects, async () => ({ items: await projects.list() }))
  handle(api, routes.createProject, ({ body }) => projects.create(body))
  handle(api, routes.getProject, ({ params }) => projects.get(params.id))
  handle(api, routes.changeProject, ({ params, body }) => projects.change(params.id, body))
  handle(api, routes.deleteProject, ({ params }) => projects.remove(params.id))
}
