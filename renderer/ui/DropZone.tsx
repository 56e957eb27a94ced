import { useState, type DragEvent, type ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './DropZone.module.css'

interface DropZoneProps {
  /** Said over the area while a file hangs above it. */
  hint: string
  onFile?: (file: File) => void
  /** All files that were dropped at once, where several belong together. */
  onFiles?: (files: File[]) => void
  disabled?: boolean
  children: ReactNode
}

/** An area that takes dropped files; what is in it stays as it is. */
export function DropZone({ hint, onFile, onFiles, disabled = false, children }: DropZoneProps) {
  const [depth, setDepth] = useState(0)
  const takes = (event: DragEvent) => !disabled && event.dataTransfer.types.includes('Files')
  const drop = (event: DragEvent) => {
    if (!takes(event)) return
    event.preventDefault()
    setDepth(0)
    const [...files] = event.dataTransfer.files
    if (files[0]) onFile?.(files[0])
    if (files.length > 0) onFiles?.(files)
  }
  return (
    <div
      className={cx(styles.zone, depth > 0 && styles.over)}
      data-hint={hint}
      onDragEnter={(event) => takes(event) && setDepth((now) => now + 1)}
      onDragLeave={(event) => takes(event) && setDepth((now) => Math.max(0, now - 1))}
      onDragOver={(event) => takes(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
    </div>
  )
}
