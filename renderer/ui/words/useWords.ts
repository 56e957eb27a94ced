import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldWords } from './catalogue.ts'
import type { en } from './en.ts'

type Plural = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type Singular<K extends string> = K extends `${infer Base}_${Plural}` ? Base : K

/** Where in the catalogue a text stands, such as `setup.sampling.random`. */
type KeyOf<T> = { [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${KeyOf<T[K]>}` }[keyof T & string]
export type WordKey = KeyOf<typeof en>

/** What fills a text's blanks; `count` chooses between one and many. */
type Values = Readonly<Record<string, string | number | undefined>> & { readonly count?: number }

/** The text at a place of the catalogue. */
export type Words = (key: WordKey, values?: Values) => string

/**
 * The words of the window. i18next's own types take every sentence apart for its blanks and, with a catalogue of this
 * length, end at the compiler's limit.
 */
export function useWords(): { t: Words } {
  const { t } = useTranslation()
  return { t: useCallback((key, values) => t(key, values ?? {}), [t]) }
}

interface Titled {
  key: string
  title: string
  help: string
}

/** Title and help of a family's fields: the schema's own, or those of another language where it has them. */
export function useFieldWords(kind: keyof FieldWords, family: string) {
  const { t } = useTranslation()
  return ({ key, title, help }: Titled) => {
    const path = `fields.${kind}.${family}.${key}`
    return { title: t(`${path}.title`, { defaultValue: title }), help: t(`${path}.help`, { defaultValue: help }) }
  }
}
