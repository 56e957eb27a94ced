import { Button, SegmentedControl, TextInput, VisuallyHidden } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconLayoutGrid, IconList, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useProjects } from '../api/queries.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Panel, Screen } from '../ui/Screen.tsx'
import { NewProjectDialog } from './NewProjectDialog.tsx'
import { ProjectCard } from './ProjectCard.tsx'
import { ProjectRows } from './ProjectRows.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

type View = 'cards' | 'rows'

/** All projects, each with a picture of its newest sample and what runs in it. */
export function ProjectsScreen() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { data: projects = [], isSuccess } = useProjects()
  const [creating, setCreating] = useState(false)
  const [text, setText] = useState('')
  const [view, setView] = useLocalStorage<View>({
    key: 'lineside.projects',
    defaultValue: 'cards',
    getInitialValueInEffect: false
  })
  const shown = projects.filter((project) => project.name.toLowerCase().includes(text.toLowerCase()))
  const create = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('projects.new')}
    </Button>
  )
  return (
    <Screen
      title={t('places.projects')}
      actions={
        projects.length > 0 && (
          <>
            <TextInput
              w={200}
              leftSection={<IconSearch size={15} />}
              placeholder={t('center.find')}
              aria-label={t('projects.find')}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <ViewChoice view={view} onChoose={setView} />
            {create}
          </>
        )
      }
    >
      {isSuccess && projects.length === 0 && (
        <Panel>
          <EmptyState title={t('projects.empty')} text={t('projects.emptyText')} action={create} />
        </Panel>
      )}
      {projects.length > 0 && shown.length === 0 && (
        <EmptyState title={t('center.noMatch')} text={t('projects.noMatch')} />
      )}
      {view === 'rows' && shown.length > 0 && <ProjectRows projects={shown} />}
      {view === 'cards' && (
        <ul className={styles.cards}>
          {shown.map((project) => (
            <ProjectCard key={project.id} project={project} />
          ))}
        </ul>
      )}
      <NewProjectDialog
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(project) => void navigate(`/projects/${project.id}`)}
      />
    </Screen>
  )
}

const views = [
  ['cards', IconLayoutGrid],
  ['rows', IconList]
] as const

/** Pictures, or more at a glance; kept in this browser. */
function ViewChoice({ view, onChoose }: { view: View; onChoose: (view: View) => void }) {
  const { t } = useWords()
  return (
    <SegmentedControl
      aria-label={t('projects.view')}
      value={view}
      onChange={(value) => onChoose(value === 'rows' ? 'rows' : 'cards')}
      data={views.map(([value, Shape]) => ({
        value,
        label: (
          <>
            <Shape size={16} style={{ display: 'block' }} aria-hidden />
            <VisuallyHidden>{t(`projects.views.${value}`)}</VisuallyHidden>
          </>
        )
      }))}
    />
  )
}
