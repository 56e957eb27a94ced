import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  familyOptions,
  familyParameters,
  givenMetadata,
  name,
  newOutput,
  newProject,
  readRunReason,
  runReasons,
  runReasonText,
  sampling,
  shutdown,
  slug,
  type RunReason
} from '../../../main/contract/index.ts'
import { issueWords } from '../../../renderer/ui/issueWords.ts'
import { runReasonWords } from '../../../renderer/ui/runReasonWords.ts'
import { createWords } from '../../../renderer/ui/words/createWords.ts'
import { de, deFields } from '../../../renderer/ui/words/de.ts'
import { en } from '../../../renderer/ui/words/en.ts'
import { languageOf, loadLanguage } from '../../../renderer/ui/words/language.ts'
import type { Words } from '../../../renderer/ui/words/useWords.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const stubPage = (lang: string) => vi.stubGlobal('document', { documentElement: { lang } })

/** Every text of a catalogue, by its path. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(z.record(z.string(), z.unknown()).parse(value)).flatMap(([key, inner]) =>
    textsOf(inner, path ? `${path}.${key}` : key)
  )
}

const english = new Map(textsOf(en))
const german = new Map(textsOf(de))
const blanks = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].toSorted()
const tags = (text: string) => (text.match(/<\/?\w+>/g) ?? []).toSorted()

describe('the German catalogue', () => {
  it('has the places of the English one, in its order', () => {
    expect([...german.keys()]).toEqual([...english.keys()])
  })

  it.each([...english])('fills the same blanks and tags: %s', (path, text) => {
    const translated = german.get(path) ?? ''
    expect(translated.trim()).not.toBe('')
    expect(blanks(translated)).toEqual(blanks(text))
    expect(tags(translated)).toEqual(tags(text))
  })

  it('ends a sentence where the English one does, but for what the contract says', () => {
    const unlike = [...english].filter(
      ([path, text]) => /[^.]\.$/.test(text) !== /[^.]\.$/.test(german.get(path) ?? '')
    )
    expect(unlike.map(([path]) => path).filter((path) => !path.startsWith('issues.contract'))).toEqual([])
  })

  it('has quotation marks, apostrophes and dashes of German', () => {
    expect([...german].filter(([, text]) => /["'”’—]|“[^“„]*“/.test(text))).toEqual([])
  })

  it('leaves no text of several words in English', () => {
    const same = [...english].filter(([path, text]) => german.get(path) === text && /\p{L}{2,}\s+\p{L}{2,}/u.test(text))
    expect(same).toEqual([])
  })

  it('titles every field of the families, and asks for no other', () => {
    for (const [schemas, worded] of [
      [familyParameters, deFields.parameters],
      [familyOptions, deFields.options]
    ] as const) {
      const keys = (given: Record<string, object>) =>
        Object.fromEntries(Object.entries(given).map(([family, fields]) => [family, Object.keys(fields)]))
      const shapes = Object.fromEntries(Object.entries(schemas).map(([family, { shape }]) => [family, shape]))
      expect(keys(worded)).toEqual(keys(shapes))
    }
  })
})

async function wordsIn(language: 'en' | 'de'): Promise<Words> {
  const words = createWords()
  await loadLanguage(words, language)
  await words.changeLanguage(language)
  return (key, values) => words.t(key, values ?? {})
}

describe('the language of the window', () => {
  it.each([
    ['auto', 'de-AT', 'de'],
    ['auto', 'de', 'de'],
    ['auto', 'fr-FR', 'en'],
    ['auto', 'den', 'en'],
    ['en', 'de-DE', 'en'],
    ['de', 'en-US', 'de']
  ] as const)('%s on a system in %s is %s', (chosen, system, expected) => {
    expect(languageOf(chosen, system)).toBe(expected)
  })

  it('chooses between one and many, and none where there is a word for it', async () => {
    const t = await wordsIn('de')
    expect([0, 1, 2].map((count) => t('projects.models', { count }))).toEqual(['0 Modelle', '1 Modell', '2 Modelle'])
    expect([0, 1, 5].map((count) => t('picture.found', { count }))).toEqual([
      'Nichts gefunden',
      '1 Vorhersage',
      '5 Vorhersagen'
    ])
  })
})

describe('what the contract says', () => {
  const spoiled: [z.ZodType, unknown][] = [
    [name, 'a\u0007b'],
    [slug, 'Not A Slug'],
    [shutdown, { kind: 'at', time: '25:00' }],
    [sampling, { confidence: { from: 0.5, to: 0.2 } }],
    [newProject, { name: 'Boards', task: 'detection', classes: ['dent', 'dent'] }],
    [newOutput, { kind: 'webhook', name: 'Gate', url: 'ftp://gate' }],
    [newOutput, { kind: 'webhook', name: 'Gate', url: 'http://me:secret@gate/' }],
    [newOutput, { kind: 'webhook', name: 'Gate', url: 'http://' }],
    [newOutput, { kind: 'webhook', name: 'Gate', url: 'http://gate', secret: 'sixteen spaces and so on' }],
    [newOutput, { kind: 'webhook', name: 'Gate', url: 'http://gate', secret: 'whsec_not-base64!!' }],
    [givenMetadata, { '': 'x' }],
    [givenMetadata, { ['k'.repeat(101)]: 'x' }],
    [givenMetadata, Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, 'x']))],
    [givenMetadata, { run: 'x' }]
  ]

  it('of a wrong field is said in German too', async () => {
    const [plain, worded] = await Promise.all([wordsIn('en'), wordsIn('de')])
    const issues = spoiled.flatMap(([schema, value]) => schema.safeParse(value).error?.issues ?? [])
    const said = issues.map((issue) => [issueWords(plain, issue), issueWords(worded, issue)] as const)
    expect(said.filter(([first, second]) => first === second)).toEqual([])
    const used = new Set(said.map(([first]) => first))
    expect(Object.values(en.issues.contract).filter((text) => !used.has(text))).toEqual([])
  })

  it('of a run that has ended or waits is read back, whichever reason it is', () => {
    for (const reason of Object.keys(runReasons) as RunReason[]) {
      const value = runReasons[reason].includes('{{') ? '22:15' : ''
      expect(readRunReason(runReasonText(reason, value))).toEqual({ reason, value })
    }
  })

  it.each([
    ['shutdown time: 22:15', 'Abschaltung: 22:15'],
    ['shutdown time: 1.5 h after its start', 'Abschaltung: 1,5 h nach dem Start'],
    ['stopped by a person', 'von Hand gestoppt'],
    ['instance 1: the engine process was ended by SIGKILL', 'instance 1: the engine process was ended by SIGKILL']
  ])('of a run, %s, is %s', async (text, expected) => {
    stubPage('de')
    expect(runReasonWords(await wordsIn('de'), text)).toBe(expected)
  })
})
