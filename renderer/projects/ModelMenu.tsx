import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconReplace, IconStar, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Model } from '../../main/contract/index.ts'
import { useChangeModel } from '../api/actions.ts'
import { useModels } from '../api/queries.ts'
import { toast, toastError } from '../ui/toast.ts'
import { DeleteModel } from './DeleteModel.tsx'
import { RenameModel } from './RenameModel.tsx'
import { ReplaceModel } from './ReplaceModel.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** Make it the default, rename it, replace its file, delete it. */
export function ModelMenu({ model }: { model: Model }) {
  const { t } = useWords()
  const [open, setOpen] = useState<'rename' | 'replace' | 'delete' | null>(null)
  const close = () => setOpen(null)
  const { isDefault } = model
  const { name } = model.spec
  const makeDefault = useMakeDefault(model)
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('center.more', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={isDefault} leftSection={<IconStar size={16} />} onClick={makeDefault}>
            {t('models.makeDefault')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setOpen('rename')}>
            {t('models.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<IconReplace size={16} />} onClick={() => setOpen('replace')}>
            {t('models.replace')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>
            {t('ui.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'rename' && <RenameModel model={model} onClose={close} />}
      {open === 'replace' && <ReplaceModel model={model} onClose={close} />}
      {open === 'delete' && <DeleteModel model={model} onClose={close} />}
    </>
  )
}

/** Marks it as the project's default; undone, what was the default before is it again. */
function useMakeDefault({ id, project, spec }: Model) {
  const { t } = useWords()
  const change = useChangeModel()
  const { data: models = [] } = useModels(project)
  const before = models.find(({ isDefault }) => isDefault)
  const onError = (error: Error) => toastError(t('models.makeDefault'), error)
  const undo = before && {
    label: t('ui.undo'),
    act: () => change.mutate({ id: before.id, isDefault: true }, { onError })
  }
  return () =>
    change.mutate(
      { id, isDefault: true },
      { onSuccess: () => toast(t('models.madeDefault', { name: spec.name }), undo), onError }
    )
}
