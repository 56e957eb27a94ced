import { useLocalStorage } from '@mantine/hooks'
import type { i18n } from 'i18next'
import { useEffect, useState } from 'react'
import { z } from 'zod'

/** The languages of the window; English is that of the contract, and is always there. */
export type Language = 'en' | 'de'

/** What a person chooses: a language, or that of the system. */
export const languageChoices = ['auto', 'en', 'de'] as const
export type LanguageChoice = (typeof languageChoices)[number]

const choice = z.enum(languageChoices).catch('auto')
const key = 'lineside.language'

/** The language of a choice. @param system As `navigator.language` gives it. */
export function languageOf(chosen: LanguageChoice, system: string): Language {
  if (chosen !== 'auto') return chosen
  return /^de\b/i.test(system) ? 'de' : 'en'
}

/** The language in which the window opens. */
export const firstLanguage = () => languageOf(choice.parse(localStorage.getItem(key)), navigator.language)

/** What was chosen in this browser, and what chooses anew; other windows of it follow. */
export function useLanguageChoice() {
  return useLocalStorage<LanguageChoice>({
    key,
    defaultValue: 'auto',
    getInitialValueInEffect: false,
    serialize: String,
    deserialize: (stored) => choice.parse(stored)
  })
}

/** The language that was chosen, or the system's, also where that changes. */
export function useLanguage(): Language {
  const [chosen] = useLanguageChoice()
  const [system, setSystem] = useState(navigator.language)
  useEffect(() => {
    const follow = () => setSystem(navigator.language)
    window.addEventListener('languagechange', follow)
    return () => window.removeEventListener('languagechange', follow)
  }, [])
  return languageOf(chosen, system)
}

/** Loads a language's words where they are not there yet. @throws Where they cannot be fetched. */
export async function loadLanguage(words: i18n, language: Language): Promise<void> {
  if (words.hasResourceBundle(language, 'translation')) return
  const { de, deFields } = await import('./de.ts')
  words.addResourceBundle(language, 'translation', { ...de, fields: deFields })
}
