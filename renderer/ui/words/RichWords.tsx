import type { ReactElement } from 'react'
import { Trans } from 'react-i18next'
import type { WordKey } from './useWords.ts'

interface RichWordsProps {
  i18nKey: WordKey
  /** By the name of the tag. */
  components: Readonly<Record<string, ReactElement>>
  values?: Readonly<Record<string, string>>
  count?: number
}

/** A text of the catalogue with tags in it, for which components stand. */
export function RichWords({ i18nKey, components, values, count }: RichWordsProps) {
  const key: string = i18nKey
  return (
    <Trans i18nKey={key} components={components} values={{ ...values }} {...(count === undefined ? {} : { count })} />
  )
}
