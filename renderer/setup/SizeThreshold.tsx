import { ActionIcon, Menu, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconChevronDown, IconChevronRight, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useWords } from '../ui/words/useWords.ts'
import { sizeThresholdWords } from '../ui/setupWords.ts'
import { renamed, withThreshold } from './changeThresholds.ts'
import { readThreshold, sizePath, type ThresholdDraft } from './sizesDraft.ts'
import { thresholdId } from './thresholdId.ts'
import { ThresholdFields } from './ThresholdFields.tsx'
import { ThresholdName } from './ThresholdName.tsx'
import type { SetupForm } from './useSetupForm.ts'
import styles from './sizes.module.css'

interface SizeThresholdProps {
  form: SetupForm
  threshold: ThresholdDraft
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onDelete: () => void
}

/** A size threshold: its name, and its fields while it is open or something in them is wrong; closed it reads as its rule. */
export function SizeThreshold(props: SizeThresholdProps) {
  const { form, threshold, isOpen, onOpen } = props
  const { id, name } = threshold
  const isWrong = Object.keys(form.errors).some((path) => path.startsWith(sizePath(id, '')))
  const shown = isOpen || isWrong
  const [renaming, setRenaming] = useState(false)
  const isNaming = renaming || threshold.wrongName !== null
  return (
    <div className={styles.threshold} id={thresholdId(id)} role="group" aria-label={name}>
      <div className={styles.head}>
        <button type="button" className={styles.fold} aria-expanded={shown} onClick={() => onOpen(!isOpen)}>
          {shown ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
          {isNaming ? <VisuallyHidden>{name}</VisuallyHidden> : <span>{name}</span>}
        </button>
        <ThresholdName
          threshold={threshold}
          error={form.errors[sizePath(id, 'name')]}
          isOpen={isNaming}
          onOpen={setRenaming}
          onCommit={(next) => {
            form.change((now) => renamed(now, id, next), sizePath(id, 'name'))
            form.leave(sizePath(id, 'name'))
          }}
          onWrong={(wrongName) => form.change((now) => withThreshold(now, id, { wrongName }), sizePath(id, 'name'))}
        />
        {!shown && <Closed threshold={threshold} />}
        <ThresholdMenu name={name} onEdit={() => setRenaming(true)} onDelete={props.onDelete} />
      </div>
      {shown && (
        <div className={styles.fields} onFocus={() => !isOpen && onOpen(true)}>
          <ThresholdFields form={form} threshold={threshold} />
        </div>
      )}
    </div>
  )
}

function Closed({ threshold }: { threshold: ThresholdDraft }) {
  const { t } = useWords()
  const rule = readThreshold(threshold)
  return (
    <>
      <span className={styles.rule}>{rule ? sizeThresholdWords(t, rule) : t('setup.sizes.incomplete')}</span>
      {threshold.includeInSampling && (
        <span className={styles.badge}>
          <IconCheck size={14} /> {t('setup.sizes.sampling')}
        </span>
      )}
    </>
  )
}

function ThresholdMenu(props: { name: string; onEdit: () => void; onDelete: () => void }) {
  const { t } = useWords()
  return (
    <Menu position="bottom-end" returnFocus={false}>
      <Menu.Target>
        <ActionIcon
          className={styles.menu ?? ''}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('center.more', { name: props.name })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} />} onClick={props.onEdit}>
          {t('setup.sizes.edit')}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={props.onDelete}>
          {t('ui.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
