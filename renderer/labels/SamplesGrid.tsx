import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { useInference, useInferences, useLive } from '../api/live.ts'
import { outcome, type Outcome, type SampleSummary } from '../../main/contract/index.ts'
import { useImports, useProject, useSamples, type SampleFilter } from '../api/queries.ts'
import { useClassColours } from '../ui/classColours.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatNumber } from '../ui/format.ts'
import layout from '../ui/layout.module.css'
import { Tiles } from './Tiles.tsx'
import { useSampleCount, useSampleFilter, type FilterKey } from './sampleFilter.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

/** The label center: every sample of a project or of a filter, the newest first. */
export function SamplesGrid() {
  const { t } = useWords()
  const { project: id = '' } = useParams()
  const { data: project } = useProject(id)
  const { filter, search, drop, choose } = useSampleFilter(id)
  const samples = useSamples(filter)
  const colourOf = useClassColours(project)
  const fresh = useFresh(filter, samples.data)
  useDocumentTitle(`${t('places.samples')} – Lineside`)
  const count = useSampleCount(filter)
  const items = samples.data ?? []
  const judges = useInferences(id).some(({ counter: { ok, warn, ng } }) => ok + warn + ng > 0)
  const hasVerdicts = judges || filter.verdict !== undefined || items.some(({ verdict }) => verdict !== null)
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
        <div className={styles.filters}>
          {hasVerdicts && <VerdictFilter verdict={filter.verdict} choose={choose} />}
          <FilterChips filter={filter} drop={drop} />
        </div>
      </div>
      {items.length > 0 && (
        <Tiles
          items={items}
          colourOf={colourOf}
          linkOf={(sample) => `/projects/${id}/samples/${sample}${search}`}
          onEnd={() => samples.hasNextPage && !samples.isFetchingNextPage && void samples.fetchNextPage()}
        />
      )}
      {samples.isSuccess && items.length === 0 && filter.verdict && (
        <EmptyState
          title={t('labels.noMatch')}
          text={t('labels.noMatchText', { outcome: filter.verdict })}
          action={
            <Button variant="default" onClick={() => drop('verdict')}>
              {t('labels.anyVerdict')}
            </Button>
          }
        />
      )}
      {samples.isSuccess && items.length === 0 && !filter.verdict && (
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

/**
 * How many samples were recorded since the list was fetched. They are shown on demand, so that nothing moves under
 * the pointer; an empty list fills by itself. Ids sort by the time of recording.
 */
function useFresh(filter: SampleFilter, items: readonly SampleSummary[] | undefined) {
  const queries = useQueryClient()
  const recorded = useLive((state) => state.recorded[filter.project ?? '']) ?? noSamples
  const newest = items?.[0]?.id ?? ''
  const ofRun = useInference(filter.inference ?? '')?.run?.importId
  const inFilter = recorded.filter(
    ({ importId, verdict }) =>
      (!filter.import || importId === filter.import) &&
      (!filter.inference || importId === ofRun) &&
      (!filter.verdict || verdict?.outcome === filter.verdict)
  )
  const count = items ? inFilter.filter((sample) => sample.id > newest).length : 0
  const show = useCallback(() => void queries.invalidateQueries({ queryKey: ['samples', 'list'] }), [queries])
  const fills = items?.length === 0 && count > 0
  useEffect(() => {
    if (fills) show()
  }, [fills, show])
  return { count, show }
}

const noSamples: SampleSummary[] = []

const anyVerdict = 'any'

/** What was said of the picture as a whole. */
function VerdictFilter(props: { verdict: Outcome | undefined; choose: (verdict: Outcome | undefined) => void }) {
  const { t } = useWords()
  return (
    <SegmentedControl
      aria-label={t('labels.filters.verdict')}
      value={props.verdict ?? anyVerdict}
      onChange={(value) => props.choose(outcome.safeParse(value).data)}
      data={[
        { value: anyVerdict, label: t('labels.anyVerdict') },
        ...outcome.options.map((value) => ({ value, label: value }))
      ]}
    />
  )
}

function FilterChips(props: { filter: SampleFilter; drop: (key: FilterKey) => void }) {
  const { t } = useWords()
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
