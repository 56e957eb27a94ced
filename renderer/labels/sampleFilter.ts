import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { outcome, type Outcome } from '../../main/contract/index.ts'
import { useImports, useProject, type SampleFilter } from '../api/queries.ts'

/** What of the filter a person sets, as it is called in the address. */
export type FilterKey = 'import' | 'inference' | 'verdict'

/** The filter in the address, so that it can be linked; its search text goes along to a sample and back. */
export function useSampleFilter(project: string) {
  const [query, setQuery] = useSearchParams()
  const importId = query.get('import')
  const inference = query.get('inference')
  const verdict = outcome.safeParse(query.get('verdict')).data
  const filter: SampleFilter = useMemo(
    () => ({
      project,
      ...(importId ? { import: importId } : {}),
      ...(inference ? { inference } : {}),
      ...(verdict ? { verdict } : {})
    }),
    [project, importId, inference, verdict]
  )
  const text = query.toString()
  const set = (key: FilterKey, value: string | undefined) =>
    setQuery((now) => {
      now.delete(key)
      if (value) now.set(key, value)
      return now
    })
  const drop = (key: FilterKey) => set(key, undefined)
  const choose = (value: Outcome | undefined) => set('verdict', value)
  return { filter, search: text ? `?${text}` : '', drop, choose }
}

/** How many samples the filter lets through, where that is known without counting. */
export function useSampleCount(filter: SampleFilter): number | undefined {
  const { data: imports = [] } = useImports(filter.project ?? '')
  const { data: project } = useProject(filter.project)
  if (filter.verdict || filter.inference) return undefined
  return filter.import ? imports.find((item) => item.id === filter.import)?.samples : project?.samples
}
