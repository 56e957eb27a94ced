import { EmptyState } from '../ui/EmptyState.tsx'
import { useWords } from '../ui/words/useWords.ts'

/** Shown instead of everything while this browser has no session. */
export function Locked() {
  const { t } = useWords()
  return (
    <main style={{ display: 'grid', placeItems: 'center', height: '100vh' }}>
      <EmptyState alone title={t('app.locked')} text={t('app.lockedText')} />
    </main>
  )
}
