import { ActionIcon } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { Sample } from '../../main/contract/index.ts'
import { useProject, useSample, useSamples, type SampleFilter } from '../api/queries.ts'
import { sampleImageUrl } from '../api/urls.ts'
import { useClassColours, type ColourOf } from '../ui/classColours.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatNumber } from '../ui/format.ts'
import { useScreenKeys } from '../ui/keys.ts'
import { layersOf } from '../ui/picture/layers.ts'
import { LayerChecks } from '../ui/picture/PictureControls.tsx'
import { PictureView } from '../ui/picture/PictureView.tsx'
import { Filmstrip } from './Filmstrip.tsx'
import { PredictionList } from './PredictionList.tsx'
import { SampleInfo } from './SampleInfo.tsx'
import { useSampleCount, useSampleFilter } from './sampleFilter.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

/** One sample: what did it see? */
export function SampleView() {
  const { t } = useWords()
  const { project: projectId = '', sample: id = '' } = useParams()
  const { filter, search } = useSampleFilter(projectId)
  const { data: project } = useProject(projectId)
  const { data: sample, isError } = useSample(id, filter)
  const colourOf = useClassColours(project)
  useDocumentTitle(`${t('sample.title')} – Lineside`)
  if (isError) return <EmptyState title={t('sample.gone')} text={t('sample.goneText')} />
  if (!sample) return null
  return <View sample={sample} filter={filter} search={search} colourOf={colourOf} />
}

interface ViewProps {
  sample: Sample
  filter: SampleFilter
  search: string
  colourOf: ColourOf
}

function View({ sample, filter, search, colourOf }: ViewProps) {
  const { t } = useWords()
  const [highlighted, setHighlighted] = useState<number | null>(null)
  const go = useGo(sample, search)
  useScreenKeys([
    { key: 'ArrowLeft', label: t('sample.newer'), act: () => go.to(sample.previous) },
    { key: 'ArrowRight', label: t('sample.older'), act: () => go.to(sample.next) },
    { key: 'Escape', label: t('keys.back'), act: go.back }
  ])
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <Steps sample={sample} filter={filter} go={go.to} />
        <h1 className={styles.fileName}>{sample.fileName}</h1>
        <div className={styles.layers}>
          <LayerChecks offered={layersOf(sample.predictions)} />
        </div>
      </div>
      <div className={styles.picture}>
        <PictureView
          picture={{ src: sampleImageUrl(sample.id), image: sample.image, predictions: sample.predictions }}
          colourOf={colourOf}
          highlighted={highlighted}
          onHover={setHighlighted}
          alone
        />
      </div>
      <Filmstrip current={sample.id} filter={filter} search={search} colourOf={colourOf} />
      <aside className={styles.info} aria-label={t('sample.info')}>
        <PredictionList
          predictions={sample.predictions}
          colourOf={colourOf}
          highlighted={highlighted}
          onHighlight={setHighlighted}
        />
        <SampleInfo sample={sample} />
      </aside>
    </div>
  )
}

function useGo(sample: Sample, search: string) {
  const navigate = useNavigate()
  const base = `/projects/${sample.project}/samples`
  return {
    to: (id: string | null) => void (id && navigate(`${base}/${id}${search}`, { replace: true })),
    back: () => void navigate(`${base}${search}`)
  }
}

function Steps(props: { sample: Sample; filter: SampleFilter; go: (id: string | null) => void }) {
  const { t } = useWords()
  const { sample, filter, go } = props
  const { data: items = [], hasNextPage } = useSamples(filter)
  const at = items.findIndex((item) => item.id === sample.id)
  const count = useSampleCount(filter)
  const total = hasNextPage ? (count === undefined ? '…' : formatNumber(count)) : formatNumber(items.length)
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('sample.newer')}
        disabled={!sample.previous}
        onClick={() => go(sample.previous)}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <span className={styles.place}>{at >= 0 ? t('sample.place', { place: formatNumber(at + 1), total }) : ''}</span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('sample.older')}
        disabled={!sample.next}
        onClick={() => go(sample.next)}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
    </>
  )
}
