import { createBrowserRouter, type RouteObject } from 'react-router'
import { Frame } from './Frame.tsx'
import { Home } from './Home.tsx'
import { NotFound, ScreenError } from './NotFound.tsx'
import { InferenceCenter } from '../inference/InferenceCenter.tsx'
import { InferenceDetails } from '../inference/InferenceDetails.tsx'

const setup = () => import('../setup/SetupScreen.tsx').then((part) => ({ Component: part.SetupScreen }))

/** The places of one project, under `/projects/{id}`. */
const projectRoutes: RouteObject[] = [
  {
    index: true,
    lazy: () => import('../projects/ProjectOverview.tsx').then((part) => ({ Component: part.ProjectOverview }))
  },
  { path: 'inferences', Component: InferenceCenter },
  { path: 'inferences/new', lazy: setup },
  { path: 'inferences/:slug', Component: InferenceDetails },
  { path: 'inferences/:slug/setup', lazy: setup },
  {
    path: 'models',
    lazy: () => import('../projects/ModelsScreen.tsx').then((part) => ({ Component: part.ModelsScreen }))
  },
  {
    path: 'models/import',
    lazy: () => import('../projects/ImportModel.tsx').then((part) => ({ Component: part.ImportModel }))
  },
  {
    path: 'samples',
    lazy: () => import('../labels/SamplesGrid.tsx').then((part) => ({ Component: part.SamplesGrid }))
  },
  {
    path: 'samples/:sample',
    lazy: () => import('../labels/SampleView.tsx').then((part) => ({ Component: part.SampleView }))
  },
  { path: 'data', lazy: () => import('../data/DataCenter.tsx').then((part) => ({ Component: part.DataCenter })) }
]

/** Every screen's address. All can be linked, reloaded and opened twice. */
export function createWindowRouter() {
  return createBrowserRouter([
    {
      path: '/',
      Component: Frame,
      HydrateFallback: () => null,
      ErrorBoundary: ScreenError,
      children: [
        {
          ErrorBoundary: ScreenError,
          children: [
            { index: true, Component: Home },
            {
              path: 'projects',
              lazy: () => import('../projects/ProjectsScreen.tsx').then((part) => ({ Component: part.ProjectsScreen }))
            },
            { path: 'projects/:project', children: projectRoutes },
            { path: 'inferences', Component: InferenceCenter },
            {
              path: 'settings',
              lazy: () => import('../settings/SettingsScreen.tsx').then((part) => ({ Component: part.SettingsScreen }))
            },
            { path: '*', Component: NotFound }
          ]
        }
      ]
    }
  ])
}
