import { list } from '../primitives.ts'
import { route } from '../route.ts'
import { newProject, project, projectChange } from '../project.ts'
import { byId } from './parts.ts'

/** Projects (F1). */
export const projectRoutes = {
  listProjects: route({
    method: 'GET',
    path: '/v1/projects',
    access: 'window',
    tag: 'projects',
    summary: 'All projects',
    answer: list(project)
  }),
  createProject: route({
    method: 'POST',
    path: '/v1/projects',
    access: 'window',
    tag: 'projects',
    summary: 'Create a project',
    body: newProject,
    status: 201,
    answer: project,
    errors: ['NAME_TAKEN']
  }),
  getProject: route({
    method: 'GET',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'A project',
    params: byId,
    answer: project,
    errors: ['NOT_FOUND']
  }),
  changeProject: route({
    method: 'PATCH',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'Rename a project, add classes, or give classes their colours',
    params: byId,
    body: projectChange,
    answer: project,
    errors: ['NOT_FOUND', 'NAME_TAKEN', 'CONFLICT']
  }),
  deleteProject: route({
    method: 'DELETE',
    path: '/v1/projects/{id}',
    access: 'window',
    tag: 'projects',
    summary: 'Delete a project with its models, inferences and samples; refused while one of its inferences runs',
    params: byId,
    status: 204,
    errors: ['NOT_FOUND', 'CONFLICT']
  })
} as const
