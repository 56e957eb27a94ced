import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react'
import { useWords } from '../ui/words/useWords.ts'
import type { MetadataRow } from './metadataDraft.ts'
import { rowsOfTable } from './pastedTable.ts'
import styles from './setup.module.css'

interface MetadataRowsProps {
  rows: readonly MetadataRow[]
  /** What a row's two fields are called. */
  keyLabel: string
  valueLabel: string
  errorOf: (row: MetadataRow) => string | undefined
  onChange: (rows: MetadataRow[]) => void
  onLeave: (row: MetadataRow) => void
}

/** Rows of key and value: Enter adds one, a pasted table fills many. */
export function MetadataRows(props: MetadataRowsProps) {
  const { t } = useWords()
  const area = useRef<HTMLDivElement>(null)
  const actions = useRows(props, area)
  return (
    <div className={styles.rows} ref={area}>
      {props.rows.map((row) => (
        <Row key={row.id} row={row} actions={actions} {...props} />
      ))}
      <div>
        <Button variant="subtle" color="gray" px={8} leftSection={<IconPlus size={16} />} onClick={actions.add}>
          {t('setup.metadata.add')}
        </Button>
      </div>
    </div>
  )
}

interface RowProps extends MetadataRowsProps {
  row: MetadataRow
  actions: ReturnType<typeof useRows>
}

function Row({ row, actions, keyLabel, valueLabel, errorOf, onLeave }: RowProps) {
  const { t } = useWords()
  const shared = { onKeyDown: actions.onEnter, onBlur: () => onLeave(row) }
  return (
    <div className={styles.row}>
      <TextInput
        {...shared}
        aria-label={keyLabel}
        placeholder={t('setup.metadata.key')}
        data-metadata-key={row.id}
        value={row.key}
        error={errorOf(row)}
        onPaste={(event) => actions.onPaste(event, row.id)}
        onChange={(event) => actions.set(row.id, { key: event.currentTarget.value })}
      />
      <TextInput
        {...shared}
        aria-label={valueLabel}
        placeholder={t('setup.metadata.value')}
        value={row.value}
        onChange={(event) => actions.set(row.id, { value: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t('setup.metadata.remove', { key: row.key })}
        onClick={() => actions.remove(row.id)}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  )
}

/** What can be done with the rows; the newest gets the focus. */
function useRows({ rows, onChange }: MetadataRowsProps, area: RefObject<HTMLDivElement | null>) {
  const added = useRef<number>(null)
  useEffect(() => {
    if (added.current === null) return
    area.current?.querySelector<HTMLElement>(`[data-metadata-key="${added.current}"]`)?.focus()
    added.current = null
  }, [rows, area])
  const freeId = () => Math.max(-1, ...rows.map((row) => row.id)) + 1

  function add() {
    const id = freeId()
    added.current = id
    onChange([...rows, { id, key: '', value: '' }])
  }

  return {
    add,
    set: (id: number, part: Partial<MetadataRow>) =>
      onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row))),
    remove: (id: number) => onChange(rows.filter((row) => row.id !== id)),
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
      onChange(rows.flatMap((row) => (row.id === at ? (row.key ? [row, ...given] : given) : [row])))
    }
  }
}
