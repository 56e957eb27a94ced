import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { familyParameters, type Inference, type Setup } from '../../main/contract/index.ts'
import { useModels, useOptimizations, useRun, useSetup } from '../api/queries.ts'
import { formatNumber, formatPlain } from '../ui/format.ts'
import { KeyValue } from '../ui/KeyValue.tsx'
import { Panel } from '../ui/Screen.tsx'
import { describeFields } from '../ui/schemaFields.ts'
import {
  outputWords,
  recordingSizes,
  samplingWords,
  shutdownWords,
  sizeThresholdWords,
  thresholdSourceWords,
  thresholdWords,
  verdictWords
} from '../ui/setupWords.ts'
import { ChangeModel } from './ChangeModel.tsx'
import { useFieldWords, useWords, type Words } from '../ui/words/useWords.ts'
import styles from './details.module.css'

/** The setup as it runs, one line for each section. */
export function SetupLines({ inference }: { inference: Inference }) {
  const { t } = useWords()
  const { data: setup } = useSetup(inference.slug)
  const parameters = useParameterWords(inference)
  const thresholds = useThresholdWords(inference)
  if (!setup) return null
  const { general, sizeMeasurement, sampling, metadata, verdict, outputs } = setup
  const rules = samplingWords(t, sampling, recordingSizes(sizeMeasurement))
  const own = Object.entries(metadata).map(([key, value]) => `${key}: ${value}`)
  return (
    <Panel
      title={t('details.setup')}
      actions={
        inference.status === 'healthy' ? (
          <ChangeModel inference={inference} />
        ) : (
          inference.status === 'stopped' && (
            <Button
              component={Link}
              to={`/projects/${inference.project.id}/inferences/${inference.slug}/setup`}
              variant="subtle"
              size="compact-md"
            >
              {t('center.edit')}
            </Button>
          )
        )
      }
    >
      <div className={styles.pad}>
        <KeyValue
          entries={[
            [
              t('setup.sections.general'),
              [
                t('details.instances', { count: general.instances }),
                t(general.instances > 1 ? 'details.threadsEach' : 'details.threads', { count: general.threads }),
                t('details.queueOf', { count: general.queue, shown: formatNumber(general.queue) }),
                shutdownWords(t, general.shutdown)
              ].join(', ')
            ],
            [t('setup.sections.model'), parameters],
            ...sizeLines(t, sizeMeasurement),
            [t('setup.sections.verdict'), verdictWords(t, verdict).join('; ')],
            [t('setup.sections.sampling'), rules.length > 0 ? rules.join('; ') : t('rules.none')],
            [t('setup.sections.metadata'), own.length > 0 ? own.join(', ') : t('details.onlyDefaults')],
            [t('setup.sections.classThresholds'), thresholds],
            [
              t('setup.sections.outputs'),
              outputs.length > 0 ? outputs.map((output) => outputWords(t, output)).join('; ') : t('outputs.none')
            ]
          ]}
        />
      </div>
    </Panel>
  )
}

/** A line for the size thresholds, where sizes are measured. */
function sizeLines(t: Words, { enabled, thresholds }: Setup['sizeMeasurement']): [string, string][] {
  const words = thresholds.map((threshold) => `${threshold.name}: ${sizeThresholdWords(t, threshold)}`)
  return enabled ? [[t('setup.sections.sizes'), words.join('; ') || t('details.noThresholds')]] : []
}

/** Where the class thresholds come from, and what they are: of the present run as they were resolved when it started. */
function useThresholdWords({ slug, project, run, model }: Inference) {
  const { t } = useWords()
  const given = useSetup(slug).data?.classThresholds
  const { data: optimizations = [] } = useOptimizations(project.id)
  const resolved = useRun(run?.id, model.id).data?.classThresholds
  if (!given) return null
  const values = given.source === 'manual' ? given.values : run && resolved
  const source = thresholdSourceWords(t, given, optimizations)
  if (given.source === 'none' || !values) return source
  return `${source}: ${thresholdWords(t, values) || t('thresholds.zero')}`
}

function useParameterWords(inference: Inference) {
  const { t } = useWords()
  const setup = useSetup(inference.slug).data
  const model = useModels(inference.project.id).data?.find((item) => item.id === inference.model.id)
  const titled = useFieldWords('parameters', model?.spec.family ?? '')
  const name = `${inference.model.name} ${inference.model.version}`
  if (!setup || !model) return name
  const schema = familyParameters[model.spec.family]
  const values = new Map<string, unknown>(Object.entries(schema.safeParse(setup.parameters).data ?? {}))
  const words = describeFields(schema).map((field) => `${titled(field).title} ${valueWords(t, values.get(field.key))}`)
  return [name, ...words].join(', ')
}

function valueWords(t: Words, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'details.on' : 'details.off')
  return typeof value === 'number' ? formatPlain(value) : String(value)
}
