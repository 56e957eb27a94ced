import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { useProject } from '../api/queries.ts'
import { Screen } from '../ui/Screen.tsx'
import { ClassesPanel } from './ClassesPanel.tsx'
import { IncomingPanel } from './IncomingPanel.tsx'
import { ModelsTable } from './ModelsTable.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** The models of a project, and the classes that they tell apart. */
export function ModelsScreen() {
  const { t } = useWords()
  const { project = '' } = useParams()
  const { data } = useProject(project)
  return (
    <Screen
      title={t('places.models')}
      actions={
        <Button component={Link} to={`/projects/${project}/models/import`} leftSection={<IconPlus size={16} />}>
          {t('models.import')}
        </Button>
      }
    >
      <ModelsTable project={project} bare />
      {data && data.classes.length > 0 && <ClassesPanel project={data} />}
      <IncomingPanel project={project} />
    </Screen>
  )
}
