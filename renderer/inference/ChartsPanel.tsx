import { SegmentedControl, Select } from '@mantine/core'
import { useState } from 'react'
import { stage as stages, type FiguresHistory, type HistoryPoint, type Stage } from '../../main/contract/index.ts'
import { useHistory } from '../api/queries.ts'
import { TimeChart, type ChartSeries } from '../ui/chart/TimeChart.tsx'
import { formatMs, formatNumber } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import { useWords } from '../ui/words/useWords.ts'

const ranges = { quarter: 900, hour: 3600, day: 86_400, month: 2_592_000 }
const rangeNames = ['quarter', 'hour', 'day', 'month'] as const

/** Throughput and latency over time, from minutes to 30 days. */
export function ChartsPanel({ slug }: { slug: string }) {
  const { t } = useWords()
  const [range, setRange] = useState<keyof typeof ranges>('hour')
  const [stage, setStage] = useState<Stage>('total')
  const { data } = useHistory(slug, ranges[range], stage)
  return (
    <Panel
      title={t('charts.title')}
      actions={
        <>
          <Select
            size="xs"
            w={170}
            aria-label={t('charts.stage')}
            value={stage}
            onChange={(value) => setStage(stages.options.find((each) => each === value) ?? 'total')}
            data={stages.options.map((value) => ({ value, label: t(`charts.stages.${value}`) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('charts.range')}
            value={range}
            onChange={(value) => setRange(rangeNames.find((each) => each === value) ?? 'hour')}
            data={rangeNames.map((value) => ({ value, label: t(`charts.ranges.${value}`) }))}
          />
        </>
      }
    >
      {data && <Charts history={data} />}
    </Panel>
  )
}

function Charts({ history: { from, to, stepSeconds, points } }: { history: FiguresHistory }) {
  const { t } = useWords()
  const series = (name: string, colour: string, of: (point: HistoryPoint) => number | null): ChartSeries => ({
    name,
    colour: `var(--${colour})`,
    points: points.map((point) => ({ at: Date.parse(point.at), value: of(point) }))
  })
  const shared = { from: Date.parse(from), to: Date.parse(to), stepMs: stepSeconds * 1000, empty: t('charts.empty') }
  const failedPerMinute = ({ failures, requests, perMinute }: HistoryPoint) =>
    requests === 0 ? 0 : (failures / requests) * perMinute
  return (
    <>
      <TimeChart
        {...shared}
        label={t('details.throughput')}
        unit={t('units.perMinute')}
        format={(value) => formatNumber(value, value > 0 && value < 10 ? 1 : 0)}
        series={[
          series(t('details.requests'), 'accent', ({ perMinute }) => perMinute),
          series(t('charts.failed'), 'red', failedPerMinute)
        ]}
      />
      <TimeChart
        {...shared}
        label={t('details.latency')}
        unit="ms"
        format={(value) => (value === 0 ? '0' : formatMs(value))}
        series={[
          series('p50', 'accent', ({ latencyMs }) => latencyMs.p50),
          series('p95', 'amber', ({ latencyMs }) => latencyMs.p95),
          series('p99', 'slate', ({ latencyMs }) => latencyMs.p99)
        ]}
      />
    </>
  )
}
