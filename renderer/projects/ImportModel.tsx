import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { ApiProblem } from '../api/call.ts'
import { useInspectModel } from '../api/actions.ts'
import { useProject } from '../api/queries.ts'
import { ChooseFile } from '../ui/ChooseFile.tsx'
import { DropZone } from '../ui/DropZone.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useScreenKeys } from '../ui/keys.ts'
import { Screen } from '../ui/Screen.tsx'
import { ModelForm } from './ModelForm.tsx'
import styles from './projects.module.css'

/** Brings a model into a project: choose a file, see what it says of itself, fill in what it does not, save. */
export function ImportModel() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { project: id = '' } = useParams()
  const { data: project } = useProject(id)
  const inspect = useInspectModel()
  const back = `/projects/${id}/models`
  useScreenKeys([{ key: 'Escape', label: t('keys.back'), act: () => void navigate(back) }])
  if (!project) return null
  return (
    <Screen title={t('models.import')}>
      {inspect.data ? (
        <ModelForm
          key={inspect.data.uploadId}
          project={project}
          inspection={inspect.data}
          onSaved={() => void navigate(back)}
          onAgain={inspect.reset}
        />
      ) : (
        <DropZone hint={t('models.dropHint')} onFile={(file) => inspect.mutate(file)}>
          <div className={styles.drop}>
            <EmptyState
              title={inspect.error ? t('models.refused') : t('models.choose')}
              text={inspect.error ? refusal(inspect.error) : t('models.chooseText')}
              action={
                <ChooseFile
                  accept=".onnx"
                  label={t('models.chooseFile')}
                  inputLabel={t('models.choose')}
                  onFile={(file) => inspect.mutate(file)}
                  button={{ loading: inspect.isPending }}
                />
              }
            />
          </div>
        </DropZone>
      )}
    </Screen>
  )
}

const refusal = (error: Error) => (error instanceof ApiProblem ? error.problem.detail : error.message)
