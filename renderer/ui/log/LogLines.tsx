import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, type KeyboardEvent } from 'react'
import type { LogRecord } from '../../../main/contract/index.ts'
import { LogText } from './LogText.tsx'
import { useWords } from '../words/useWords.ts'
import styles from './log.module.css'

const lineHeight = 20
const nearEnd = 24
const upwards = ['Home', 'PageUp', 'ArrowUp']

interface LogLinesProps {
  kept: readonly LogRecord[]
  live: readonly LogRecord[]
  /** Whether lines say of which inference they are. */
  areNamed: boolean
  /** Stays at the newest line. */
  isFollowing: boolean
  /** Told when somebody scrolls away from the end, or back to it. */
  onFollow: (isFollowing: boolean) => void
}

/** Lines of which only those in sight are drawn, so that their number does not matter. */
export function LogLines({ kept, live, areNamed, isFollowing, onFollow }: LogLinesProps) {
  const { t } = useWords()
  const area = useRef<HTMLDivElement>(null)
  const count = kept.length + live.length
  const lineAt = (index: number) => (index < kept.length ? kept[index] : live[index - kept.length])
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => area.current,
    estimateSize: () => lineHeight,
    getItemKey: (index) => lineAt(index)?.seq ?? index,
    overscan: 12
  })
  const height = virtual.getTotalSize()
  useLayoutEffect(() => {
    if (isFollowing) area.current?.scrollTo(0, area.current.scrollHeight)
  }, [isFollowing, count, height])
  return (
    <div
      ref={area}
      className={styles.lines}
      role="log"
      lang="en"
      tabIndex={0}
      aria-label={t('log.title')}
      aria-live="off"
      onWheel={({ deltaY }) => (deltaY < 0 ? onFollow(false) : followAtEnd())}
      onKeyDown={move}
      onKeyUp={({ key }) => !upwards.includes(key) && followAtEnd()}
      onPointerDown={() => onFollow(false)}
      onPointerUp={followAtEnd}
    >
      <div className={styles.whole} style={{ height }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const line = lineAt(index)
          return (
            line && (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                <LogText line={line} isNamed={areNamed} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )

  /** The ends are reached at once, not by scrolling through all that lies between. */
  function move(event: KeyboardEvent) {
    if (upwards.includes(event.key)) onFollow(false)
    if (event.key !== 'Home' && event.key !== 'End') return
    event.preventDefault()
    if (event.key === 'End') onFollow(true)
    virtual.scrollToIndex(event.key === 'Home' ? 0 : count - 1)
  }

  /** Only after what a person did: growing lines move the scroll position too. */
  function followAtEnd() {
    requestAnimationFrame(() => {
      const it = area.current
      if (it) onFollow(it.scrollHeight - it.scrollTop - it.clientHeight < nearEnd)
    })
  }
}
