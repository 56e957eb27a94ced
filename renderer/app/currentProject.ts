import { useMatch } from 'react-router'

/** The project whose place is open, if any. */
export function useCurrentProject(): string | undefined {
  return useMatch('/projects/:project/*')?.params.project
}
