import { Button } from '@mantine/core'
import { Link, useRouteError } from 'react-router'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useWords()
  return (
    <EmptyState
      alone
      title={t('app.notFound')}
      text={t('app.notFoundText')}
      action={
        <Button component={Link} to="/projects">
          {t('app.toProjects')}
        </Button>
      }
    />
  )
}

/** A screen that broke: says so, and keeps the frame. */
export function ScreenError() {
  const { t } = useWords()
  const error = useRouteError()
  return (
    <EmptyState
      alone
      title={t('app.broken')}
      text={error instanceof Error ? error.message : t('app.brokenText')}
      action={<Button onClick={() => location.reload()}>{t('app.reload')}</Button>}
    />
  )
}
