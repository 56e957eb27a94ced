import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCameraPlus } from '@tabler/icons-react'
import type { Inference } from '../../main/contract/index.ts'
import { useRecordNext } from '../api/actions.ts'
import { toast, toastError } from '../ui/toast.ts'
import { useWords } from '../ui/words/useWords.ts'

/** Has the line's next picture recorded, whatever the sampling rules say. */
export function RecordNext({ inference: { slug, name }, disabled }: { inference: Inference; disabled: boolean }) {
  const { t } = useWords()
  const next = useRecordNext()
  const ask = () =>
    next.mutate(slug, {
      onSuccess: () => toast(t('details.recordsNext', { name })),
      onError: (error) => toastError(t('details.recordNextFailed'), error)
    })
  return (
    <Tooltip label={t('details.recordNext')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={t('details.recordNext')}
        disabled={disabled}
        loading={next.isPending}
        onClick={ask}
      >
        <IconCameraPlus size={18} />
      </ActionIcon>
    </Tooltip>
  )
}
