import type { ReactNode } from 'react'
import styles from './KeyValue.module.css'

/** Names and values in two columns; an entry without a value is left out. */
export function KeyValue({ entries }: { entries: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.list}>
      {entries
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([key, value]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
