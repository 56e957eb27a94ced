import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useParams } from 'react-router'
import { Screen } from '../ui/Screen.tsx'
import { IncomingPanel } from './IncomingPanel.tsx'
import { ModelsTable } from './ModelsTable.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** The models of a project. */
export function ModelsScreen() {
  const { t } = useWords()
  const { project = '' } = useParams()
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
      <IncomingPanel project={project} />
    </Screen>
  )
}
