import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { reservedMetadataKeys } from '../../main/contract/index.ts'
import { filledRows, type MetadataRow } from './draft.ts'
import { rowsOfTable } from './pastedTable.ts'
import { SetupSection } from './SetupSection.tsx'
import { useEndpoint } from './useEndpoint.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './setup.module.css'

/** Keys and values that every sample of this inference gets. */
export function MetadataSection({ form, slug }: { form: SetupForm; slug: string | undefined }) {
  const { t } = useWords()
  const area = useRef<HTMLDivElement>(null)
  const rows = useRows(form, area)
  const { endpoint } = useEndpoint(form.draft, slug)
  const [first] = filledRows(form.draft.metadata)
  const example = JSON.stringify({ [first?.key.trim() || 'Location']: t('setup.metadata.exampleValue') })
  return (
    <SetupSection section="metadata" help={t('setup.metadata.help')}>
      <div className={`${styles.full} ${styles.rows}`} ref={area}>
        <div>
          {reservedMetadataKeys.map((key) => (
            <div key={key} className={styles.reserved}>
              <span>{key}</span>
              <span>{t(`setup.metadata.reserved.${key}`)}</span>
            </div>
          ))}
        </div>
        {form.draft.metadata.map((row) => (
          <Row key={row.id} row={row} rows={rows} form={form} />
        ))}
        <div>
          <Button variant="subtle" color="gray" px={8} leftSection={<IconPlus size={16} />} onClick={() => rows.add()}>
            {t('setup.metadata.add')}
          </Button>
        </div>
      </div>
      <div className={styles.full}>
        <p className={styles.effect} style={{ marginTop: 0 }}>
          {t('setup.metadata.override')}
        </p>
        <pre className={styles.code}>
          {`curl --data-binary @picture.jpg -H 'Lineside-Metadata: ${example}' ${endpoint}`}
        </pre>
      </div>
    </SetupSection>
  )
}

function Row({ row, rows, form }: { row: MetadataRow; rows: ReturnType<typeof useRows>; form: SetupForm }) {
  const { t } = useWords()
  const path = `metadata.row.${row.id}`
  const error = form.errors[path] ?? form.errors[`metadata.${row.key.trim()}`]
  const leave = () => {
    form.leave(path)
    form.leave(`metadata.${row.key.trim()}`)
  }
  const shared = { onKeyDown: (event: KeyboardEvent) => rows.onEnter(event), onBlur: leave }
  return (
    <div className={styles.row}>
      <TextInput
        {...shared}
        aria-label={t('setup.metadata.key')}
        placeholder={t('setup.metadata.key')}
        data-metadata-key={row.id}
        value={row.key}
        error={error}
        onPaste={(event) => rows.onPaste(event, row.id)}
        onChange={(event) => rows.set(row.id, { key: event.currentTarget.value })}
      />
      <TextInput
        {...shared}
        aria-label={t('setup.metadata.value')}
        placeholder={t('setup.metadata.value')}
        value={row.value}
        onChange={(event) => rows.set(row.id, { value: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('setup.metadata.remove', { key: row.key })}
        onClick={() => rows.remove(row.id)}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}

/** What can be done with the rows; the newest gets the focus. */
function useRows(form: SetupForm, area: RefObject<HTMLDivElement | null>) {
  const added = useRef<number>(null)
  const rows = form.draft.metadata
  useEffect(() => {
    if (added.current === null) return
    area.current?.querySelector<HTMLElement>(`[data-metadata-key="${added.current}"]`)?.focus()
    added.current = null
  }, [rows, area])
  const put = (next: MetadataRow[]) => form.change({ metadata: next }, 'metadata')
  const freeId = () => Math.max(-1, ...rows.map((row) => row.id)) + 1

  function add() {
    const id = freeId()
    added.current = id
    put([...rows, { id, key: '', value: '' }])
  }

  return {
    add,
    set: (id: number, part: Partial<MetadataRow>) =>
      put(rows.map((row) => (row.id === id ? { ...row, ...part } : row))),
    remove: (id: number) => put(rows.filter((row) => row.id !== id)),
    onEnter: (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return
      event.preventDefault()
      add()
    },
    onPaste: (event: ClipboardEvent, at: number) => {
      const pasted = rowsOfTable(event.clipboardData.getData('text'))
      if (!pasted) return
      event.preventDefault()
      const start = freeId()
      const given = pasted.map((row, index) => ({ ...row, id: start + index }))
      put(rows.flatMap((row) => (row.id === at ? (row.key ? [row, ...given] : given) : [row])))
    }
  }
}
