import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Inference, Project } from '../../main/contract/index.ts'
import { formatNumber } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

interface Step {
  text: string
  label: string
  to: string
}

/** What to do next in a project, the most pressing first. */
export function NextSteps({ project, inferences }: { project: Project; inferences: readonly Inference[] }) {
  const { t } = useWords()
  const base = `/projects/${project.id}`
  const failed = inferences.filter((item) => item.status === 'failed')
  const steps: Step[] = failed.map((item) => ({
    text: t('next.failed', { name: item.name }),
    label: t('next.look'),
    to: `${base}/inferences/${item.slug}`
  }))
  if (project.models === 0)
    steps.push({ text: t('next.model'), label: t('models.import'), to: `${base}/models/import` })
  if (project.models > 0 && inferences.length === 0) {
    steps.push({ text: t('next.setup'), label: t('setup.title'), to: `${base}/inferences/new` })
  }
  const [stopped] = inferences
  if (stopped && inferences.every((item) => item.status === 'stopped')) {
    steps.push({
      text: t('next.run', { name: stopped.name }),
      label: t('next.open'),
      to: `${base}/inferences/${stopped.slug}`
    })
  }
  if (project.samples > 0) {
    const text = t('next.samples', { count: project.samples, shown: formatNumber(project.samples) })
    steps.push({ text, label: t('next.seeSamples'), to: `${base}/samples` })
  }
  return (
    <Panel title={t('next.title')}>
      {steps.length === 0 && (
        <p className={`${layout.muted} ${styles.pad}`} style={{ margin: 0 }}>
          {t('next.nothing')}
        </p>
      )}
      <ol className={styles.todo}>
        {steps.map((step, index) => (
          <li key={step.to}>
            <p>{step.text}</p>
            <Button component={Link} to={step.to} variant={index === 0 ? 'filled' : 'default'}>
              {step.label}
            </Button>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
