import { Button, Group, Modal, Text } from '@mantine/core'
import { memo, useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useWords } from '../ui/words/useWords.ts'

/**
 * Asks before unsaved changes are left, by a link as by closing the window. `active` is the same function each time, so
 * that a key that is typed touches nothing here.
 */
export const LeaveGuard = memo(function LeaveGuard({ active }: { active: () => boolean }) {
  const { t } = useWords()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return active() && currentLocation.pathname !== nextLocation.pathname
  })
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => active() && event.preventDefault()
    window.addEventListener('beforeunload', onLeave)
    return () => window.removeEventListener('beforeunload', onLeave)
  }, [active])
  return (
    <Modal opened={blocker.state === 'blocked'} onClose={() => blocker.reset?.()} title={t('setup.leaveTitle')}>
      <Text size="sm">{t('setup.leaveText')}</Text>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('setup.leave')}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t('setup.stay')}
        </Button>
      </Group>
    </Modal>
  )
})
