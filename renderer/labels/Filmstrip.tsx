import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { useSamples, type SampleFilter } from '../api/queries.ts'
import { thumbnailUrl } from '../api/urls.ts'
import type { ColourOf } from '../ui/classColours.ts'
import { formatFull } from '../ui/format.ts'
import { Thumb } from '../ui/picture/Thumb.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './labels.module.css'

const around = 30

/** The samples beside the current one, in the list's order. */
export function Filmstrip(props: { current: string; filter: SampleFilter; search: string; colourOf: ColourOf }) {
  const { t } = useWords()
  const { data: items = [], hasNextPage, isFetchingNextPage, fetchNextPage } = useSamples(props.filter)
  const strip = useRef<HTMLElement>(null)
  const at = items.findIndex((item) => item.id === props.current)
  const nearEnd = at >= 0 && at > items.length - around
  useEffect(() => {
    if (nearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [nearEnd, hasNextPage, isFetchingNextPage, fetchNextPage])
  useEffect(() => {
    strip.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [at])
  if (at < 0) return null
  return (
    <nav className={styles.strip} ref={strip} aria-label={t('sample.strip')}>
      {items.slice(Math.max(0, at - around), at + around).map((item) => (
        <Link
          key={item.id}
          replace
          className={styles.stripItem}
          to={`/projects/${item.project}/samples/${item.id}${props.search}`}
          aria-label={formatFull(item.at)}
          aria-current={item.id === props.current}
        >
          <Thumb
            src={thumbnailUrl(item.id)}
            image={item.image}
            predictions={item.predictions}
            colourOf={props.colourOf}
            fit="cover"
          />
        </Link>
      ))}
    </nav>
  )
}
