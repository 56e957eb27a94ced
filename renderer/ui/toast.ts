import { notifications } from '@mantine/notifications'
import { createElement } from 'react'
import { ErrorText } from './ErrorText.tsx'
import { UndoMessage } from './UndoMessage.tsx'

interface Undo {
  label: string
  act: () => void
}

/** A short word at the edge of the window that something was done, and what undoes it where that can be. */
export function toast(message: string, undo?: Undo) {
  if (undo) showUndo(message, undo)
  else notifications.show({ message, withCloseButton: false, autoClose: 4000 })
}

/** Says that something could not be done, and stays longer. */
export function toastError(title: string, error: unknown) {
  const message = createElement(ErrorText, { error })
  notifications.show({ title, message, color: 'red', autoClose: 10_000 })
}

function showUndo(message: string, { label, act }: Undo) {
  const onUndo = () => {
    notifications.hide(id)
    act()
  }
  const words = createElement(UndoMessage, { message, label, onUndo })
  const id = notifications.show({ message: words, withCloseButton: false, autoClose: 8000 })
}
