import { ActionIcon, Checkbox } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { Sample } from '../../main/contract/index.ts'
import { useProject, useSample, useSamples, type SampleFilter } from '../api/queries.ts'
import { sampleImageUrl } from '../api/urls.ts'
import { classColours, type ColourOf } from '../ui/classColours.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatNumber } from '../ui/format.ts'
import { useScreenKeys } from '../ui/keys.ts'
import { answeredOf } from '../ui/picture/shapes.ts'
import { PictureView, type Layers } from '../ui/picture/PictureView.tsx'
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
  const colourOf = useMemo(() => classColours(project?.classes ?? []), [project?.classes])
  useDocumentTitle(`${t('sample.title')} – Lineside`)
  if (isError) return <EmptyState title={t('sample.gone')} text={t('sample.goneText')} />
  if (!sample) return null
  return <View sample={sample} filter={filter} search={search} colourOf={colourOf} />
}

/** The layers that there are something to see of. */
function layersOf({ predictions }: Sample): (keyof Layers)[] {
  const masks = predictions.some(({ mask }) => mask?.polygons)
  return masks ? ['predictions', 'masks', 'names'] : ['predictions', 'names']
}

interface ViewProps {
  sample: Sample
  filter: SampleFilter
  search: string
  colourOf: ColourOf
}

function View({ sample, filter, search, colourOf }: ViewProps) {
  const { t } = useWords()
  const [layers, setLayers] = useState<Layers>({ predictions: true, masks: true, names: true })
  const [highlighted, setHighlighted] = useState<number | null>(null)
  const go = useGo(sample, search)
  useScreenKeys([
    { key: 'ArrowLeft', label: t('sample.newer'), act: () => go.to(sample.previous) },
    { key: 'ArrowRight', label: t('sample.older'), act: () => go.to(sample.next) },
    { key: 'p', label: t('sample.togglePredictions'), act: () => toggle('predictions') },
    { key: 'm', label: t('sample.toggleMasks'), act: () => toggle('masks') },
    { key: 'n', label: t('sample.toggleNames'), act: () => toggle('names') },
    { key: 'Escape', label: t('keys.back'), act: go.back }
  ])
  function toggle(layer: keyof Layers) {
    setLayers((now) => ({ ...now, [layer]: !now[layer] }))
  }
  return (
    <div className={styles.view}>
      <div className={styles.tools}>
        <Steps sample={sample} filter={filter} go={go.to} />
        <h1 className={styles.fileName}>{sample.fileName}</h1>
        <div className={styles.layers}>
          {layersOf(sample).map((layer) => (
            <Checkbox
              key={layer}
              size="xs"
              label={t(`sample.layers.${layer}`)}
              checked={layers[layer]}
              disabled={layer !== 'predictions' && !layers.predictions}
              onChange={() => toggle(layer)}
            />
          ))}
        </div>
      </div>
      <div className={styles.picture}>
        <PictureView
          picture={{ src: sampleImageUrl(sample.id), image: sample.image, predictions: sample.predictions }}
          colourOf={colourOf}
          alt={t('picture.found', { count: answeredOf(sample.predictions).length })}
          layers={layers}
          highlighted={highlighted}
          onHover={setHighlighted}
          interactive
          failedText={t('picture.failed')}
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
