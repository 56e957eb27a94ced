import { Navigate, useNavigation } from 'react-router'
import { useLive } from '../api/live.ts'
import { useSettings } from '../api/queries.ts'
import { useHints } from '../ui/hints.ts'

/** Where the window opens: the sample project's inference until the first steps are done, then the projects. */
export function Home() {
  const settings = useSettings()
  const loaded = useLive((state) => state.loaded)
  const project = settings.data?.sampleProject
  const first = useLive((state) => Object.values(state.inferences).find((item) => item.project.id === project))
  const [hints] = useHints()
  const navigation = useNavigation()
  // Somebody is on the way to another place already, by the palette: they are not called back.
  if (navigation.state !== 'idle' || settings.isPending || !loaded) return null
  if (project && first && hints.step !== 'done') {
    return <Navigate to={`/projects/${project}/inferences/${first.slug}`} replace />
  }
  return <Navigate to="/projects" replace />
}
