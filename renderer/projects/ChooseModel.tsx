import { Button, Loader } from '@mantine/core'
import { ChooseFiles } from '../ui/ChooseFile.tsx'
import { DropZone } from '../ui/DropZone.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import type { ModelFilesState } from './useModelFiles.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** An area for a model's file, with what was chosen so far and why it was refused. */
export function ChooseModel({ files }: { files: ModelFilesState }) {
  const { t } = useWords()
  const { error, isPending } = files
  return (
    <DropZone hint={t('models.dropHint')} onFiles={files.add} disabled={isPending}>
      <div className={styles.drop}>
        {isPending ? (
          <EmptyState
            title={t('models.reading')}
            text={files.files.map(({ name }) => name).join(', ')}
            action={
              <>
                <Loader size={20} mr="md" aria-hidden />
                <Button variant="default" onClick={files.reset}>
                  {t('ui.cancel')}
                </Button>
              </>
            }
          />
        ) : (
          <EmptyState
            title={error ? t('models.refused') : t('models.choose')}
            text={error ? <span role="alert">{error}</span> : t('models.chooseText')}
            action={<Choices files={files} />}
          />
        )}
      </div>
    </DropZone>
  )
}

/** Data files belong to a model that was chosen before. */
function Choices({ files: { files, add, mayLackData } }: { files: ModelFilesState }) {
  const { t } = useWords()
  return (
    <div className={styles.choices}>
      <ChooseFiles
        accept=".onnx,.data,.bin,.onnx_data,application/octet-stream"
        label={t(files.length > 0 ? 'models.otherFile' : 'models.chooseFile')}
        inputLabel={t('models.choose')}
        onFiles={add}
        button={mayLackData ? { variant: 'default' } : {}}
      />
      {mayLackData && (
        <ChooseFiles accept="*" label={t('models.addData')} inputLabel={t('models.addDataInput')} onFiles={add} />
      )}
    </div>
  )
}
