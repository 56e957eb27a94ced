import type { LogRecord } from '../../../main/contract/index.ts'
import { formatClock, formatMoment } from '../format.ts'
import styles from './log.module.css'

/** A line of a log: when, how grave, what; a line of another day names the day. @param isNamed Says of which inference. */
export function LogText({ line, isNamed = false }: { line: LogRecord; isNamed?: boolean }) {
  const isToday = new Date(line.at).toDateString() === new Date().toDateString()
  return (
    <p className={styles.text}>
      {isToday ? formatClock(line.at) : formatMoment(line.at)} <span className={levelClass(line)}>{line.level}</span>{' '}
      {isNamed && line.inference !== null && `${line.inference}: `}
      {line.message}
    </p>
  )
}

function levelClass({ level }: LogRecord) {
  if (level === 'error') return styles.error
  return level === 'warn' ? styles.warn : undefined
}
