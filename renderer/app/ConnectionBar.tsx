import { IconPlugConnectedX } from '@tabler/icons-react'
import { useLive } from '../api/live.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './Frame.module.css'

/** Says that the host is away, and counts the tries; what is on the screen stays readable. */
export function ConnectionBar() {
  const { t } = useWords()
  const connection = useLive((state) => state.connection)
  return (
    <div className={styles.bar} role="status">
      {connection.kind === 'away' && (
        <div className={styles.away}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('app.away', { count: connection.tries })}
        </div>
      )}
    </div>
  )
}
