import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconEyeOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { IncomingModel } from '../../main/contract/index.ts'
import { useDismissIncoming, useRestoreIncoming } from '../api/actions.ts'
import { useIncoming } from '../api/queries.ts'
import { usePlatform } from '../platform/platform.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { formatBytes, formatMoment, sentence } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import { toast, toastError } from '../ui/toast.ts'
import layout from '../ui/layout.module.css'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** Model files that were put into the watched folder, each to be imported or dismissed. Not there while none waits. */
export function IncomingPanel({ project }: { project: string }) {
  const { t } = useWords()
  const { data } = useIncoming()
  if (!data || data.items.length === 0) return null
  return (
    <Panel title={t('incoming.title')} actions={<Folder path={data.folder} />}>
      <ul className={styles.incoming}>
        {data.items.map((item) => (
          <IncomingRow key={item.id} item={item} project={project} />
        ))}
      </ul>
    </Panel>
  )
}

/** Where files can be put so that they are offered here; the panel says it once there are some. */
export function WatchedFolderLine() {
  const { t } = useWords()
  const { data } = useIncoming()
  if (!data || data.items.length > 0) return null
  return (
    <p className={styles.hint}>
      {data.trouble ? t('incoming.trouble', { trouble: data.trouble }) : t('incoming.hint')}{' '}
      <Folder path={data.folder} />
    </p>
  )
}

function Folder({ path }: { path: string }) {
  const { t } = useWords()
  const { showInFolder } = usePlatform()
  return (
    <>
      <code className={styles.folder}>{path}</code>
      {showInFolder && (
        <Button variant="subtle" size="compact-md" onClick={() => showInFolder(path)}>
          {t('incoming.show')}
        </Button>
      )}
    </>
  )
}

function IncomingRow({ item, project }: { item: IncomingModel; project: string }) {
  const { t } = useWords()
  const { id, fileName, bytes, modifiedAt, dataFiles, read, models } = item
  return (
    <li>
      <div className={styles.incomingAbout}>
        <span className={layout.strong}>{fileName}</span>
        <span className={layout.small}>{[formatBytes(bytes), ...dataFiles, formatMoment(modifiedAt)].join(' · ')}</span>
        <ReadWords read={read} models={models} />
      </div>
      {read.state === 'ready' && (
        <Button
          component={Link}
          to={`/projects/${project}/models/import?incoming=${id}`}
          variant="default"
          size="compact-md"
          aria-label={t('incoming.importOf', { name: fileName })}
        >
          {t('incoming.import')}
        </Button>
      )}
      <IncomingMenu item={item} />
    </li>
  )
}

function ReadWords({ read, models }: Pick<IncomingModel, 'read' | 'models'>) {
  const { t } = useWords()
  const [model] = models
  if (read.state === 'waiting') return <span className={layout.muted}>{t('incoming.reading')}</span>
  if (read.state === 'refused') return <span className={styles.reason}>{sentence(read.reason)}</span>
  if (model) {
    return (
      <span className={layout.muted}>{t('incoming.known', { project: model.project.name, name: model.name })}</span>
    )
  }
  return (
    <span className={layout.muted}>{read.family ? t(`families.${read.family}`) : t('incoming.unknownFamily')}</span>
  )
}

function IncomingMenu({ item: { id, fileName, dataFiles } }: { item: IncomingModel }) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const dismiss = useDismissIncoming()
  const restore = useRestoreIncoming()
  const onError = (error: Error) => toastError(t('incoming.failed'), error)
  const undo = { label: t('ui.undo'), act: () => restore.mutate(id, { onError }) }
  const hide = () =>
    dismiss.mutate(
      { id, deleteFile: false },
      { onSuccess: () => toast(t('incoming.dismissed', { name: fileName }), undo), onError }
    )
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('center.more', { name: fileName })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={hide}>
            {t('incoming.dismiss')}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsking(true)}>
            {t('incoming.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDelete
        opened={asking}
        title={t('center.deleteTitle', { name: fileName })}
        text={t('incoming.deleteText', { files: [fileName, ...dataFiles].join(', ') })}
        busy={dismiss.isPending}
        error={errorWords(t, dismiss.error)}
        onConfirm={() => dismiss.mutate({ id, deleteFile: true })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
