import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { formatPlain } from '../format.ts'
import { en } from './en.ts'

/** Numbers in texts as the language writes them. */
const numbersInTexts = {
  type: 'formatter' as const,
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown) => (typeof value === 'number' ? formatPlain(value) : value)
}

/** The words in English; other languages are loaded beside them (`loadLanguage`). */
export function createWords() {
  const words = createInstance()
  void words
    .use(initReactI18next)
    .use(numbersInTexts)
    .init({
      lng: 'en',
      resources: { en: { translation: en } },
      interpolation: { escapeValue: false, alwaysFormat: true },
      initAsync: false
    })
  return words
}
