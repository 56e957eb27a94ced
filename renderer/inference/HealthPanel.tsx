import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Inference, Instance, OutputHealth } from '../../main/contract/index.ts'
import { useLive } from '../api/live.ts'
import { diagnosticsUrl } from '../api/urls.ts'
import { formatBytes, formatMoment, formatNumber } from '../ui/format.ts'
import { HealthLine } from '../ui/HealthLine.tsx'
import { reasonWords } from '../ui/setupWords.ts'
import { Panel } from '../ui/Screen.tsx'
import { secondsUntil, useNow } from '../ui/useNow.ts'
import { useWords } from '../ui/words/useWords.ts'

const outputLooks = { idle: 'off', ok: 'good', failing: 'bad' } as const

/** How each part of the run stands: the model, every instance, the recorder, every output. */
export function HealthPanel({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const free = useLive((state) => state.workstation?.disk.freeBytes)
  const { model, instances, figures, run, outputs } = inference
  const ready = instances.some((item) => item.state === 'ready')
  return (
    <Panel
      title={t('details.health')}
      actions={
        <Button
          component="a"
          href={diagnosticsUrl(inference.slug)}
          download
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
        >
          {t('details.diagnostics')}
        </Button>
      }
    >
      <HealthLine
        health={ready ? 'good' : 'off'}
        name={t('details.model')}
        text={[`${model.name} ${model.version}`, ready ? t('details.warm') : t('details.notLoaded')].join(', ')}
      />
      {instances.map((item) => (
        <HealthLine
          key={item.number}
          health={item.state === 'ready' ? 'good' : 'busy'}
          name={t('details.instance', { number: item.number })}
          text={instanceText(item)}
        />
      ))}
      <HealthLine
        health={figures.recordingFailures > 0 ? 'bad' : run ? 'good' : 'off'}
        name={t('details.recorder')}
        text={recorderText()}
      />
      {outputs.map((output) => (
        <OutputPart key={output.id} output={output} />
      ))}
    </Panel>
  )

  function instanceText(item: Instance) {
    const parts = [
      item.state === 'ready' ? (item.provider ?? '').toUpperCase() : t(`instance.${item.state}`),
      item.state === 'ready' && item.fallback !== null && t('details.fallback', { why: item.fallback }),
      item.memoryBytes !== null && formatBytes(item.memoryBytes),
      t('details.instanceRequests', { count: item.requests, shown: formatNumber(item.requests) }),
      item.restarts > 0 && t('details.restarts', { count: item.restarts })
    ]
    return parts.filter(Boolean).join(', ')
  }

  function recorderText() {
    const limited = figures.sampling.filter((rule) => rule.limited > 0)
    const rules = limited.map((one) => `${reasonWords(t, one.rule)} (${formatNumber(one.limited)})`).join(', ')
    const parts = [
      figures.recordingFailures > 0 && t('details.recordingFailures', { count: figures.recordingFailures }),
      free !== undefined && t('details.free', { bytes: formatBytes(free) }),
      rules && t('details.heldBack', { rules })
    ]
    return parts.filter(Boolean).join(', ')
  }
}

/** Whether an output delivers; if not, since when and why, and when it tries again. */
function OutputPart({ output }: { output: OutputHealth }) {
  const { t } = useWords()
  const { state, failingSince, lastError, nextTryAt, queued, delivered, failed, dropped } = output
  const now = useNow(nextTryAt !== null)
  const parts = [
    state === 'idle' && t('outputs.idle'),
    lastError,
    failingSince !== null && t('status.since', { time: formatMoment(failingSince) }),
    nextTryAt !== null && t('status.nextTry', { count: secondsUntil(nextTryAt, now) }),
    delivered > 0 && t('outputs.delivered', { shown: formatNumber(delivered) }),
    queued > 0 && t('details.waiting', { count: queued }),
    failed > 0 && t('outputs.refused', { shown: formatNumber(failed) }),
    dropped > 0 && t('outputs.dropped', { shown: formatNumber(dropped) })
  ]
  return <HealthLine health={outputLooks[state]} name={output.name} text={parts.filter(Boolean).join(', ')} />
}
