import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'

/** The catalogue of words, ready for more languages beside the English one. */
export function createWords() {
  const words = createInstance()
  void words.use(initReactI18next).init({
    lng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false
  })
  return words
}
