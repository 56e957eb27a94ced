import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import type { ScreenKey } from '../ui/keys.ts'
import { useWords } from '../ui/words/useWords.ts'

/** The keys of the current screen, and those that work everywhere. */
export function KeysHelp({ keys, onClose }: { keys: ScreenKey[] | null; onClose: () => void }) {
  const { t } = useWords()
  const shown: Record<string, string> = {
    ArrowLeft: '←',
    ArrowRight: '→',
    Arrows: '← ↑ ↓ →',
    '-': '−',
    Escape: t('keys.names.escape'),
    ' ': t('keys.names.space')
  }
  const general = [
    [t('keys.names.palette'), t('keys.palette')],
    ['?', t('keys.help')],
    ['↑ ↓', t('keys.rows')],
    [t('keys.names.enter'), t('keys.open')]
  ] as const
  const own = (keys ?? []).map((item) => [shown[item.key] ?? item.key.toUpperCase(), item.label] as const)
  return (
    <Modal opened={keys !== null} onClose={onClose} title={t('keys.title')} size="sm">
      <Stack gap={8}>
        {[...own, ...general].map(([key, label]) => (
          <Group key={key + label} justify="space-between">
            <Text size="sm">{label}</Text>
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}
