import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useImports, useProject, type SampleFilter } from '../api/queries.ts'

/** The filter in the address, so that it can be linked; its search text goes along to a sample and back. */
export function useSampleFilter(project: string) {
  const [query, setQuery] = useSearchParams()
  const importId = query.get('import')
  const inference = query.get('inference')
  const filter: SampleFilter = useMemo(
    () => ({
      project,
      ...(importId ? { import: importId } : {}),
      ...(inference ? { inference } : {})
    }),
    [project, importId, inference]
  )
  const text = query.toString()
  const drop = (key: 'import' | 'inference') =>
    setQuery((now) => {
      now.delete(key)
      return now
    })
  return { filter, search: text ? `?${text}` : '', drop }
}

/** How many samples the filter lets through, where that is known without counting. */
export function useSampleCount(filter: SampleFilter): number | undefined {
  const { data: imports = [] } = useImports(filter.project ?? '')
  const { data: project } = useProject(filter.project)
  if (filter.import) return imports.find((item) => item.id === filter.import)?.samples
  return filter.inference ? undefined : project?.samples
}
