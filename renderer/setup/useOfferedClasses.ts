import { useProject } from '../api/queries.ts'
import { useClassColours } from '../ui/classColours.ts'
import type { SetupForm } from './useSetupForm.ts'

/** The classes that can be chosen: the model's, and those that were chosen for another one; with their colours. */
export function useOfferedClasses(form: SetupForm, chosen: readonly string[]) {
  const { data: project } = useProject(form.project)
  const colourOf = useClassColours(project)
  return { offered: [...new Set([...(form.model?.spec.classes ?? []), ...chosen])], colourOf }
}
