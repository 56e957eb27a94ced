import { formatMoment } from '../ui/format.ts'
import { useNow } from '../ui/useNow.ts'
import { timeLeft } from './timeLeft.ts'
import { useWords } from '../ui/words/useWords.ts'

/** How long it is until the run ends by itself, as things stand now. */
export function ShutdownCountdown({ at }: { at: string }) {
  const { t } = useWords()
  const { value, unit } = timeLeft(Date.parse(at) - useNow(true))
  return (
    <span title={formatMoment(at)}>{t('shutdown.in', { left: t(`shutdown.left.${unit}`, { count: value }) })}</span>
  )
}
