import { RangeSlider, Slider } from '@mantine/core'
import { useMemo, useState } from 'react'
import { isInRange } from '../../main/contract/index.ts'
import { useWords } from '../ui/words/useWords.ts'
import { useRecordedAreas } from '../api/queries.ts'
import { formatArea, formatNumber } from '../ui/format.ts'
import { areaBins, handleStep, scaleEnd } from './areaBins.ts'
import { withThreshold } from './changeThresholds.ts'
import { readThreshold, sizePath, type ThresholdDraft } from './sizesDraft.ts'
import { HistogramBars } from './HistogramBars.tsx'
import type { SetupForm } from './useSetupForm.ts'
import styles from './sizes.module.css'

interface AreasHistogramProps {
  form: SetupForm
  threshold: ThresholdDraft
}

const bins = 40

/** The areas that were recorded of a threshold's classes, over handles that are its values. */
export function AreasHistogram({ form, threshold }: AreasHistogramProps) {
  const { t } = useWords()
  const { data: recorded = [] } = useRecordedAreas(form.project)
  const { classes } = threshold
  const areas = useMemo(
    () => recorded.filter((one) => classes.length === 0 || classes.includes(one.class)).flatMap((one) => one.areasPx),
    [recorded, classes]
  )
  const values = [threshold.value, ...(threshold.operator === 'between' ? [threshold.secondValue] : [])]
  const fits = scaleEnd(areas, values.map(Number).filter(Number.isFinite))
  // While a handle moves, the scale under it stands still.
  const [held, setHeld] = useState<number | null>(null)
  const end = held ?? fits
  if (areas.length === 0) return <p className={styles.noAreas}>{t('setup.sizes.noAreas')}</p>
  return (
    <div className={styles.histogram}>
      <div className={styles.histogramHead}>
        <h3>
          {t(classes.length === 0 ? 'setup.sizes.areas' : 'setup.sizes.areasOf', { classes: classes.join(', ') })}
        </h3>
        <span>{t('setup.sizes.detections', { count: areas.length, shown: formatNumber(areas.length) })}</span>
      </div>
      <Bars areas={areas} end={end} threshold={threshold} />
      <Handles form={form} threshold={threshold} end={end} onHold={(isHeld) => setHeld(isHeld ? end : null)} />
      <div className={styles.scale}>
        <span>0</span>
        <span>{formatArea(end)}</span>
      </div>
    </div>
  )
}

function Bars({ areas, end, threshold }: { areas: readonly number[]; end: number; threshold: ThresholdDraft }) {
  const { t } = useWords()
  const counts = useMemo(() => areaBins(areas, end, bins), [areas, end])
  const rule = readThreshold({ ...threshold, classes: ['any'] })
  const isIn = (at: number) => rule !== null && isInRange(((at + 0.5) * end) / bins, rule)
  const met = rule ? areas.filter((area) => isInRange(area, rule)).length : 0
  const values = { met: formatNumber(met), count: areas.length, shown: formatNumber(areas.length) }
  return (
    <div className={styles.bars}>
      <HistogramBars counts={counts} isIn={isIn} label={t('setup.sizes.met', values)} />
    </div>
  )
}

interface HandlesProps extends AreasHistogramProps {
  end: number
  onHold: (isHeld: boolean) => void
}

/** One handle for each value; what is no number yet stands at an end. */
function Handles({ form, threshold, end, onHold }: HandlesProps) {
  const { t } = useWords()
  const { id, operator, value, secondValue } = threshold
  const set = (field: 'value' | 'secondValue', next: number) => {
    const text = String(Math.max(1, next))
    if (text === threshold[field]) return
    onHold(true)
    form.change((now) => withThreshold(now, id, { [field]: text }), sizePath(id, field))
  }
  const shared = { min: 0, max: end, step: handleStep(end), label: null, onChangeEnd: () => onHold(false) }
  const [first, second] = [within(value, 0, end), within(secondValue, end, end)]
  if (operator !== 'between') {
    return (
      <Slider
        {...shared}
        thumbLabel={t('setup.sizes.handle')}
        inverted={operator === 'gte'}
        value={first}
        onChange={(next) => set('value', next)}
      />
    )
  }
  return (
    <RangeSlider
      {...shared}
      minRange={1}
      thumbFromLabel={t('setup.sizes.handle')}
      thumbToLabel={t('setup.sizes.secondHandle')}
      value={[Math.min(first, second), second]}
      onChange={([from, to]) => {
        if (from !== first) set('value', from)
        if (to !== second) set('secondValue', to)
      }}
    />
  )
}

function within(text: string, otherwise: number, end: number) {
  const number = text.trim() === '' ? NaN : Number(text)
  return Number.isFinite(number) ? Math.min(end, Math.max(0, number)) : otherwise
}
