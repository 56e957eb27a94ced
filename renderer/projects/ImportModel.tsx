import { useEffect, useEffectEvent } from 'react'
import { useNavigate, useParams, useSearchParams } from 'react-router'
import { useProject } from '../api/queries.ts'
import { useScreenKeys } from '../ui/keys.ts'
import { Screen } from '../ui/Screen.tsx'
import { ChooseModel } from './ChooseModel.tsx'
import { IncomingPanel, WatchedFolderLine } from './IncomingPanel.tsx'
import { ModelForm } from './ModelForm.tsx'
import { useModelFiles } from './useModelFiles.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Brings a model into a project: choose a file, see what it says of itself, fill in the rest, try it, save. */
export function ImportModel() {
  const { t } = useWords()
  const navigate = useNavigate()
  const { project: id = '' } = useParams()
  const { data: project } = useProject(id)
  const files = useModelFiles()
  const incoming = useIncomingChoice(files.open)
  const back = `/projects/${id}/models`
  useScreenKeys([{ key: 'Escape', label: t('keys.back'), act: () => void navigate(back) }])
  if (!project) return null
  if (files.inspection) {
    return (
      <ModelForm
        key={files.inspection.uploadId}
        project={project}
        inspection={files.inspection}
        onSaved={() => void navigate(back)}
        onAgain={() => {
          incoming.forget()
          files.reset()
        }}
      />
    )
  }
  return (
    <Screen title={t('models.import')}>
      <ChooseModel files={files} />
      <WatchedFolderLine />
      <IncomingPanel project={id} />
    </Screen>
  )
}

/** A file of the watched folder that the address names. */
function useIncomingChoice(open: (id: string) => void) {
  const [search, setSearch] = useSearchParams()
  const id = search.get('incoming')
  const openIt = useEffectEvent(() => {
    if (id) open(id)
  })
  useEffect(() => openIt(), [id])
  return { forget: () => setSearch({}, { replace: true }) }
}
