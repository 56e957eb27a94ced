import { Button, Group, Modal, Text, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useWords } from './words/useWords.ts'

interface ConfirmDeleteProps {
  opened: boolean
  title: string
  /** What goes, and what stays. */
  text: ReactNode
  /** Asked to be typed where samples are lost. */
  typeName?: string
  busy?: boolean
  error?: string | null
  onConfirm: () => void
  onClose: () => void
}

/** Says what a deletion takes with it before it happens. */
export function ConfirmDelete(props: ConfirmDeleteProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState('')
  const ready = !props.typeName || typed.trim() === props.typeName
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title} size="md">
      <Text size="sm">{props.text}</Text>
      {props.typeName && (
        <TextInput
          mt="md"
          label={t('ui.typeName', { name: props.typeName })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {props.error && (
        <Text size="sm" c="var(--red)" mt="sm" role="alert">
          {props.error}
        </Text>
      )}
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={props.onClose} data-autofocus>
          {t('ui.cancel')}
        </Button>
        <Button color="red" disabled={!ready} loading={props.busy ?? false} onClick={props.onConfirm}>
          {t('ui.delete')}
        </Button>
      </Group>
    </Modal>
  )
}
