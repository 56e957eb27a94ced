import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/EmptyState.tsx'

/** Shown instead of everything while this browser has no session. */
export function Locked() {
  const { t } = useTranslation()
  return (
    <main style={{ display: 'grid', placeItems: 'center', height: '100vh' }}>
      <EmptyState title={t('app.locked')} text={t('app.lockedText')} />
    </main>
  )
}
