import { route } from '../route.ts'
import { settings, settingsChange, workstation } from '../workstation.ts'

/** What Lineside is, and the workstation that it runs on. */
export const settingsRoutes = {
  settings: route({
    method: 'GET',
    path: '/v1/settings',
    access: 'window',
    tag: 'settings',
    summary: 'What Lineside is and how it was set up',
    answer: settings
  }),
  changeSettings: route({
    method: 'PATCH',
    path: '/v1/settings',
    access: 'window',
    tag: 'settings',
    summary: 'Change what of the settings may change; runs that wait are looked at again at once',
    body: settingsChange,
    answer: settings,
    errors: ['CONFLICT']
  }),
  workstation: route({
    method: 'GET',
    path: '/v1/workstation',
    access: 'window',
    tag: 'settings',
    summary: 'Load and room of the workstation',
    answer: workstation
  })
} as const
