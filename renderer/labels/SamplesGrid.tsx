import { ActionIcon, Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useInference, useLive } from '../api/live.ts'
import { useImports, useProject, useSamples } from '../api/queries.ts'
import { classColours } from '../ui/classColours.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatNumber } from '../ui/format.ts'
import layout from '../ui/layout.module.css'
import { Tiles } from './Tiles.tsx'
import { useSampleFilter } from './sampleFilter.ts'
import styles from './labels.module.css'

/** The label center: every sample of a project or of a filter, the newest first. */
export function SamplesGrid() {
  const { t } = useTranslation()
  const { project: id = '' } = useParams()
  const { data: project } = useProject(id)
  const { filter, search, drop } = useSampleFilter(id)
  const samples = useSamples(filter)
  const colourOf = useMemo(() => classColours(project?.classes ?? []), [project?.classes])
  const fresh = useFresh(id, samples.data?.length)
  useDocumentTitle(`${t('places.samples')} – Lineside`)
  const count = useCount(filter, project?.samples)
  const items = samples.data ?? []
  return (
    <div className={styles.page}>
      <div className={styles.top}>
        <header className={layout.head}>
          <h1 className={layout.title}>{t('places.samples')}</h1>
          {count !== undefined && (
            <span className={layout.beside}>{t('labels.count', { count, shown: formatNumber(count) })}</span>
          )}
          {fresh.count > 0 && items.length > 0 && (
            <div className={layout.actions}>
              <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={fresh.show}>
                {t('labels.fresh', { count: fresh.count })}
              </Button>
            </div>
          )}
        </header>
        <FilterChips filter={filter} drop={drop} />
      </div>
      {items.length > 0 && (
        <Tiles
          items={items}
          colourOf={colourOf}
          linkOf={(sample) => `/projects/${id}/samples/${sample}${search}`}
          onEnd={() => samples.hasNextPage && !samples.isFetchingNextPage && void samples.fetchNextPage()}
        />
      )}
      {samples.isSuccess && items.length === 0 && (
        <EmptyState
          title={t('labels.empty')}
          text={t('labels.emptyText')}
          action={
            <Button component={Link} to={`/projects/${id}/inferences`}>
              {t('labels.toInferences')}
            </Button>
          }
        />
      )}
    </div>
  )
}

/** Samples recorded since the list was fetched. They are shown on demand, so that nothing moves under the pointer. */
function useFresh(project: string, shown: number | undefined) {
  const queries = useQueryClient()
  const recorded = useLive((state) => state.recorded[project] ?? 0)
  const [seen, setSeen] = useState(recorded)
  const show = () => {
    setSeen(recorded)
    void queries.invalidateQueries({ queryKey: ['samples', 'list'] })
  }
  const empty = useRef(false)
  empty.current = shown === 0
  useEffect(() => {
    if (empty.current && recorded > seen) show()
  }, [recorded])
  return { count: recorded - seen, show }
}

function useCount(filter: { project?: string; import?: string; inference?: string }, ofProject: number | undefined) {
  const { data: imports = [] } = useImports(filter.project ?? '')
  if (filter.import) return imports.find((item) => item.id === filter.import)?.samples
  return filter.inference ? undefined : ofProject
}

function FilterChips(props: {
  filter: { project?: string; import?: string; inference?: string }
  drop: (key: 'import' | 'inference') => void
}) {
  const { t } = useTranslation()
  const { filter, drop } = props
  const { data: imports = [] } = useImports(filter.project ?? '')
  const inference = useInference(filter.inference ?? '')
  const chips: ['import' | 'inference', string][] = []
  if (filter.import) chips.push(['import', imports.find((item) => item.id === filter.import)?.name ?? '…'])
  if (filter.inference) chips.push(['inference', inference?.name ?? filter.inference])
  if (chips.length === 0) return null
  return (
    <div className={styles.chips}>
      {chips.map(([key, value]) => (
        <span key={key} className={styles.chip}>
          <b>{t(`labels.filters.${key}`)}</b>
          {value}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            radius="xl"
            aria-label={t('labels.dropFilter', { value })}
            onClick={() => drop(key)}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      ))}
    </div>
  )
}
