import { ActionIcon, Button, Switch, VisuallyHidden } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { Key } from '../../main/contract/index.ts'
import { useChangeSettings, useRevokeKey } from '../api/actions.ts'
import { useKeys, useSettings } from '../api/queries.ts'
import { ConfirmDelete } from '../ui/ConfirmDelete.tsx'
import { formatDate } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { toastError } from '../ui/toast.ts'
import { NewKeyDialog } from './NewKeyDialog.tsx'
import { errorWords } from '../ui/errorWords.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './settings.module.css'

/** API keys of line software, and whether every route asks for one. */
export function Keys() {
  const { t } = useWords()
  const { data: keys = [] } = useKeys()
  const [making, setMaking] = useState(false)
  const [going, setGoing] = useState<Key | null>(null)
  const revoke = useRevokeKey()
  return (
    <Panel
      title={t('apiKeys.title')}
      actions={
        <Button variant="subtle" size="compact-md" onClick={() => setMaking(true)}>
          {t('apiKeys.new')}
        </Button>
      }
    >
      {keys.length > 0 && <KeyTable keys={keys} onRevoke={setGoing} />}
      <RequireKeys />
      <NewKeyDialog opened={making} onClose={() => setMaking(false)} />
      <ConfirmDelete
        opened={going !== null}
        title={t('apiKeys.revokeTitle', { name: going?.name ?? '' })}
        text={t('apiKeys.revokeText')}
        busy={revoke.isPending}
        error={errorWords(t, revoke.error)}
        onConfirm={() => going && revoke.mutate(going.id, { onSuccess: () => setGoing(null) })}
        onClose={() => setGoing(null)}
      />
    </Panel>
  )
}

function KeyTable({ keys, onRevoke }: { keys: readonly Key[]; onRevoke: (key: Key) => void }) {
  const { t } = useWords()
  return (
    <table className={layout.table} aria-label={t('apiKeys.title')}>
      <thead>
        <tr>
          <th>{t('apiKeys.name')}</th>
          <th>{t('apiKeys.scopes')}</th>
          <th>{t('apiKeys.made')}</th>
          <th>
            <VisuallyHidden>{t('center.columns.actions')}</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id}>
            <td className={layout.strong}>{key.name}</td>
            <td>{key.scopes.map((scope) => t(`apiKeys.scope.${scope}`)).join(', ')}</td>
            <td>{formatDate(key.createdAt)}</td>
            <td className={layout.right}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('apiKeys.revoke', { name: key.name })}
                onClick={() => onRevoke(key)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RequireKeys() {
  const { t } = useWords()
  const { data } = useSettings()
  const change = useChangeSettings()
  return (
    <div className={styles.row}>
      <Switch
        label={t('apiKeys.require')}
        description={t('apiKeys.requireHelp')}
        checked={data?.requireKeys ?? false}
        disabled={!data || change.isPending}
        onChange={(event) =>
          change.mutate(
            { requireKeys: event.currentTarget.checked },
            { onError: (error) => toastError(t('settings.notChanged'), error) }
          )
        }
      />
    </div>
  )
}
