import type { Inference, Run } from '../../main/contract/index.ts'
import { useDeleteInference } from '../api/actions.ts'
import { useAllRuns } from '../api/queries.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { errorWords } from '../ui/errorWords.ts'
import { formatNumber } from '../ui/format.ts'
import { toast } from '../ui/toast.ts'
import { useWords, type Words } from '../ui/words/useWords.ts'

interface DeleteInferenceProps {
  inference: Inference
  opened: boolean
  onClose: () => void
  onDeleted: (() => void) | undefined
}

/** Says in numbers what goes with an inference and what stays, and deletes it. */
export function DeleteInference({ inference, opened, onClose, onDeleted }: DeleteInferenceProps) {
  const { t } = useWords()
  const { slug, name } = inference
  const remove = useDeleteInference()
  const { data: runs } = useAllRuns(slug, opened)
  // The promise, not a callback of the mutation: those are dropped when the deletion takes this component away.
  const deleteIt = () =>
    void remove
      .mutateAsync(slug)
      .then(() => {
        onClose()
        toast(t('center.deleted', { name }))
        onDeleted?.()
      })
      .catch(() => undefined)
  return (
    <ConfirmDelete
      opened={opened}
      title={t('center.deleteTitle', { name })}
      text={runs?.next === null ? whatGoes(t, runs.items) : t('center.deleteText')}
      busy={remove.isPending}
      error={errorWords(t, remove.error)}
      onConfirm={deleteIt}
      onClose={onClose}
    />
  )
}

function whatGoes(t: Words, runs: readonly Run[]): string {
  const samples = runs.reduce((sum, run) => sum + run.samples, 0)
  const parts = [
    t('center.deleteRuns', { count: runs.length, shown: formatNumber(runs.length) }),
    t('center.deleteSamples', { count: samples, shown: formatNumber(samples) })
  ]
  return parts.join(' ')
}
