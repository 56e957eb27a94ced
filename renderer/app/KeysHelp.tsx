import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import type { ScreenKey } from '../ui/keys.ts'
import { useWords } from '../ui/words/useWords.ts'

const shown: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space' }

/** The keys of the current screen, and those that work everywhere. */
export function KeysHelp({ keys, onClose }: { keys: ScreenKey[] | null; onClose: () => void }) {
  const { t } = useWords()
  const general = [
    ['Ctrl K', t('keys.palette')],
    ['?', t('keys.help')],
    ['↑ ↓', t('keys.rows')],
    ['Enter', t('keys.open')]
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
