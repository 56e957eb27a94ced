import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as format from '../../../renderer/ui/format.ts'
import { verdictWords } from '../../../renderer/ui/setupWords.ts'
import { createWords } from '../../../renderer/ui/words/createWords.ts'

const at = new Date(2026, 10, 24, 6, 42, 17, 204).toISOString()
const dayAfter = new Date(2026, 10, 25, 12)
const weekAfter = new Date(2026, 11, 1, 12)
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

/** A page in a language, in a browser that prefers these. */
function stubPage(lang: string, ...languages: string[]) {
  vi.stubGlobal('document', { documentElement: { lang } })
  vi.stubGlobal('navigator', { languages })
}
afterEach(() => {
  vi.unstubAllGlobals()
})

describe('in German', () => {
  beforeEach(() => stubPage('de', 'de-DE', 'en'))

  it('numbers have a comma and points', () => {
    expect(format.formatNumber(1234567)).toBe('1.234.567')
    expect(format.formatConfidence(0.5)).toBe('0,50')
    expect(plain(format.formatShare(0.025))).toBe('2,5 %')
    expect(plain(format.formatBytes(1_400_000_000))).toBe('1,4 GB')
    expect(plain(format.formatArea(12_000))).toBe('12.000 px')
    expect(format.formatMs(4.25)).toBe('4,3')
    expect(format.formatPlain(1500.25)).toBe('1500,25')
    expect(format.formatNumbers([0.485, 0.456])).toBe('0,485; 0,456')
    expect(format.decimalSeparator()).toBe(',')
  })

  it('times, dates and days are its own', () => {
    expect(format.formatMoment(at, new Date(at))).toBe('06:42')
    expect(format.formatMoment(at, dayAfter)).toBe('gestern 06:42')
    expect(format.formatMoment(at, weekAfter)).toBe('24. Nov., 06:42')
    expect(format.formatFull(at)).toBe('24. Nov. 2026, 06:42:17,204')
  })

  it('names are joined by its words, and numbers in texts are written as all others', () => {
    expect(format.formatAnyOf(['dent', 'stain', 'scratch'])).toBe('dent, stain oder scratch')
    expect(createWords().t('setup.outputs.limitsBeside', { age: 2.5, timeout: 500 })).toContain('2,5 s')
  })
})

describe('in English', () => {
  beforeEach(() => stubPage('en', 'fr', 'en-GB'))

  it('numbers have a point and commas', () => {
    expect(format.formatNumber(1234567)).toBe('1,234,567')
    expect(plain(format.formatShare(0.025))).toBe('2.5 %')
    expect(format.formatNumbers([0.485, 0.456])).toBe('0.485, 0.456')
    expect(format.decimalSeparator()).toBe('.')
  })

  it('times, dates and days are its own', () => {
    expect(format.formatMoment(at, dayAfter)).toBe('yesterday 06:42')
    expect(format.formatMoment(at, weekAfter)).toBe('24 Nov, 06:42')
    expect(format.formatFull(at)).toBe('24 Nov 2026, 06:42:17.204')
  })
})

describe('the variety of a language', () => {
  it.each([
    ['de', ['en-US', 'de-CH'], 'de-CH'],
    ['de', ['en-US'], 'de-DE'],
    ['en', ['de-DE', 'en-US'], 'en-US'],
    ['en', ['de-DE'], 'en-GB'],
    ['en', ['enm'], 'en-GB']
  ])('of %s where %j are preferred is %s', (language, preferred, expected) => {
    expect(format.localeOf(language, preferred)).toBe(expected)
  })

  it('decides how numbers look', () => {
    stubPage('de', 'de-CH')
    expect(format.formatNumber(1234.5, 1)).toMatch(/^1['’]234\.5$/)
    expect(format.decimalSeparator()).toBe('.')
    stubPage('en', 'en-US')
    expect(format.formatMoment(at, weekAfter)).toBe('Nov 24, 06:42')
  })
})

it('a language that the page goes over to counts at once, also in the words of a setup', () => {
  const t: Parameters<typeof verdictWords>[0] = (key, values) => createWords().t(key, values ?? {})
  const verdict = { rules: [{ name: 'A', outcome: 'NG' as const, when: { classes: ['dent', 'stain'] } }] }
  stubPage('en', 'en-GB')
  expect(verdictWords(t, verdict)[0]).toContain('dent or stain')
  stubPage('de')
  expect(verdictWords(t, verdict)[0]).toContain('dent oder stain')
})
