import { Button, FileButton, type ButtonProps } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useRef } from 'react'

interface ChooseFileProps {
  /** As an input of type file takes it. */
  accept: string
  label: string
  /** Said of the input itself. */
  inputLabel: string
  onFile: (file: File) => void
  button?: ButtonProps
}

/** The same for several files at once. */
export function ChooseFiles({
  onFiles,
  ...props
}: Omit<ChooseFileProps, 'onFile'> & { onFiles: (files: File[]) => void }) {
  const { accept, label, inputLabel, button = {} } = props
  const reset = useRef<() => void>(null)
  const choose = (files: File[]) => {
    reset.current?.()
    if (files.length > 0) onFiles(files)
  }
  return (
    <FileButton multiple accept={accept} resetRef={reset} onChange={choose} inputProps={{ 'aria-label': inputLabel }}>
      {({ onClick }) => (
        <Button leftSection={<IconUpload size={16} />} {...button} onClick={onClick}>
          {label}
        </Button>
      )}
    </FileButton>
  )
}

/** A button that lets a person choose one file; the same file can be chosen twice. */
export function ChooseFile({ accept, label, inputLabel, onFile, button = {} }: ChooseFileProps) {
  const reset = useRef<() => void>(null)
  const choose = (file: File | null) => {
    reset.current?.()
    if (file) onFile(file)
  }
  return (
    <FileButton accept={accept} resetRef={reset} onChange={choose} inputProps={{ 'aria-label': inputLabel }}>
      {({ onClick }) => (
        <Button leftSection={<IconUpload size={16} />} {...button} onClick={onClick}>
          {label}
        </Button>
      )}
    </FileButton>
  )
}
