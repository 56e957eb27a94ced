import { notifications } from '@mantine/notifications'

/** A short word at the edge of the window that something was done. */
export function toast(message: string) {
  notifications.show({ message, withCloseButton: false, autoClose: 4000 })
}

/** Says that something could not be done, and stays longer. */
export function toastError(title: string, error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  notifications.show({ title, message, color: 'red', autoClose: 10_000, closeButtonProps: { 'aria-label': 'Close' } })
}
