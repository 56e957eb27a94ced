import { ActionIcon, TextInput } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useWords } from '../ui/words/useWords.ts'
import type { ThresholdDraft } from './sizesDraft.ts'
import styles from './sizes.module.css'

interface ThresholdNameProps {
  threshold: ThresholdDraft
  error: string | undefined
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onCommit: (name: string) => void
  /** A name that cannot be taken was typed on; null: it is given up. */
  onWrong: (name: string | null) => void
}

/** A pencil, and once it was pressed the name's field: Enter or leaving it commits, Escape restores. */
export function ThresholdName(props: ThresholdNameProps) {
  const { t } = useWords()
  const pencil = useRef<HTMLButtonElement>(null)
  const returns = useRef(false)
  useEffect(() => {
    if (props.isOpen || !returns.current) return
    returns.current = false
    pencil.current?.focus()
  }, [props.isOpen])
  if (props.isOpen) return <NameField {...props} onKeyed={() => (returns.current = true)} />
  return (
    <ActionIcon
      ref={pencil}
      variant="subtle"
      color="gray"
      size={32}
      aria-label={t('setup.sizes.rename', { name: props.threshold.name })}
      onClick={() => props.onOpen(true)}
    >
      <IconPencil size={16} />
    </ActionIcon>
  )
}

/** `onKeyed`: it was left by a key, so that the focus goes back to where it came from. */
function NameField(props: ThresholdNameProps & { onKeyed: () => void }) {
  const { t } = useWords()
  const { name, wrongName } = props.threshold
  const [text, setText] = useState(wrongName ?? name)
  const field = useRef<HTMLInputElement>(null)
  const left = useRef(false)
  useEffect(() => {
    // A menu that was just closed holds the focus until the next task.
    const timer = setTimeout(() => field.current?.select())
    return () => clearTimeout(timer)
  }, [])

  function commit() {
    if (left.current) return
    if (text.trim() !== name || wrongName !== null) props.onCommit(text)
    props.onOpen(false)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    props.onKeyed()
    if (event.key === 'Enter') {
      commit()
      return
    }
    left.current = true
    if (wrongName !== null) props.onWrong(null)
    props.onOpen(false)
  }

  return (
    <TextInput
      ref={field}
      className={styles.name ?? ''}
      aria-label={t('setup.sizes.name')}
      value={text}
      error={props.error}
      onChange={(event) => {
        setText(event.currentTarget.value)
        if (wrongName !== null) props.onWrong(event.currentTarget.value)
      }}
      onBlur={commit}
      onKeyDown={onKeyDown}
    />
  )
}
