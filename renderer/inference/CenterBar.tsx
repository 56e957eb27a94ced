import { Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate } from 'react-router'
import type { Inference, InferenceStatus } from '../../main/contract/index.ts'
import { useProjects } from '../api/queries.ts'
import { StatusIcon, statusColours } from '../ui/StatusPill.tsx'
import { useWords } from '../ui/words/useWords.ts'
import type { CenterFilter } from './useCenterFilter.ts'
import styles from './center.module.css'

/** Always there, so that nothing moves when an inference changes its status; those that last seconds come after them. */
const lasting: InferenceStatus[] = ['healthy', 'queued', 'failed', 'stopped']
const passing: InferenceStatus[] = ['preparing', 'stopping']

interface CenterBarProps {
  all: readonly Inference[]
  filter: CenterFilter
  project: string | undefined
}

/** How many have each status, which filters; the project; and a name to find. */
export function CenterBar({ all, filter, project }: CenterBarProps) {
  const { t } = useWords()
  const countOf = (status: InferenceStatus) => all.filter((item) => item.status === status).length
  const present = passing.filter((status) => status === filter.status || countOf(status) > 0)
  return (
    <div className={styles.bar}>
      <div className={styles.chips} role="group" aria-label={t('center.counts')}>
        {[...lasting, ...present].map((status) => (
          <button
            key={status}
            type="button"
            className={styles.chip}
            data-none={countOf(status) === 0}
            style={statusColours(status)}
            aria-pressed={filter.status === status}
            onClick={() => filter.set('status', filter.status === status ? '' : status)}
          >
            <StatusIcon status={status} />
            {t(`counts.${status}`, { count: countOf(status) })}
          </button>
        ))}
      </div>
      <ProjectChoice project={project} search={filter.search} />
      <TextInput
        w={180}
        leftSection={<IconSearch size={15} />}
        placeholder={t('center.find')}
        aria-label={t('center.find')}
        value={filter.text}
        onChange={(event) => filter.set('find', event.currentTarget.value)}
      />
    </div>
  )
}

const everywhere = 'all'

/** The inference center of another project, or of all, with the same filter: each is an address of its own. */
function ProjectChoice({ project, search }: { project: string | undefined; search: string }) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data: projects = [] } = useProjects()
  const go = (chosen: string | null) =>
    void navigate((chosen && chosen !== everywhere ? `/projects/${chosen}/inferences` : '/inferences') + search)
  return (
    <Select
      w={200}
      aria-label={t('center.project')}
      data={[
        { value: everywhere, label: t('center.allProjects') },
        ...projects.map(({ id, name }) => ({ value: id, label: name }))
      ]}
      value={project ?? everywhere}
      onChange={go}
    />
  )
}
