import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useWords } from './words/useWords.ts'
import styles from './CopyBlock.module.css'

/** A button that copies a text and says that it did. */
export function CopyButton({ text, onCopied }: { text: string; onCopied?: () => void }) {
  const { t } = useWords()
  const clipboard = useClipboard({ timeout: 1500 })
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      onClick={() => {
        clipboard.copy(text)
        onCopied?.()
      }}
    >
      {clipboard.copied ? t('ui.copied') : t('ui.copy')}
    </Button>
  )
}

/** Lines of code as they are typed, with the address in them lifted. */
export function CodeBlock({ text, address, label }: { text: string; address: string; label: string }) {
  const [before = '', ...after] = text.split(address)
  return (
    <pre className={styles.code} tabIndex={0} role="region" aria-label={label}>
      {before}
      {after.length > 0 && <span className={styles.url}>{address}</span>}
      {after.join(address)}
    </pre>
  )
}
