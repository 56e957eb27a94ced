import { Button, Group } from '@mantine/core'

interface UndoMessageProps {
  message: string
  label: string
  onUndo: () => void
}

/** What was done, with a button that undoes it. */
export function UndoMessage({ message, label, onUndo }: UndoMessageProps) {
  return (
    <Group justify="space-between" wrap="nowrap">
      {message}
      <Button variant="subtle" size="compact-md" onClick={onUndo}>
        {label}
      </Button>
    </Group>
  )
}
