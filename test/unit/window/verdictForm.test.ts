import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newOutput, output, verdictSetup, type StoredOutput } from '../../../main/contract/index.ts'
import { resolveOutputs } from '../../../main/host/outputs/resolveOutputs.ts'
import {
  checkedOutput,
  copiedOutputs,
  madeSecret,
  newWebhook,
  outputDraftsOf,
  outputOf,
  outputProblems
} from '../../../renderer/setup/outputDraft.ts'
import {
  newRule,
  newVerdict,
  verdictDraftOf,
  verdictOf,
  verdictProblems
} from '../../../renderer/setup/verdictDraft.ts'

const word = fc.stringMatching(/^[a-z]{1,8}$/)
const words = fc.array(word, { minLength: 1, maxLength: 3 })
const outcome = fc.constantFrom('OK', 'WARN', 'NG')
const when = fc.oneof(
  fc.record({ classes: words }),
  fc.record({ sizeThresholds: words }),
  fc.record({ count: fc.record({ classes: words, atLeast: fc.integer({ min: 1, max: 99 }) }) }),
  fc.constant({ unknown: true })
)

describe('a verdict in the form', () => {
  it('is stored as it was read, whatever its rules', () => {
    const setups = fc.record({ rules: fc.array(fc.record({ name: word, when, outcome }), { maxLength: 4 }) })
    fc.assert(
      fc.property(fc.option(setups), (given) => {
        const setup = verdictSetup.nullable().parse(given)
        expect(verdictOf(verdictDraftOf(setup))).toEqual(setup)
      })
    )
  })

  it('names each rule apart, and keeps rules that are switched off to itself', () => {
    const first = newRule([], 'Rule')
    const third = newRule([first, { ...first, id: 4, name: 'Rule-3' }], 'Rule')
    expect([first.name, third.name, third.id]).toEqual(['Rule', 'Rule-2', 5])
    expect(verdictOf({ ...newVerdict, rules: [first] })).toBeNull()
    expect(verdictProblems({ on: false, rules: [first] })).toEqual([])
  })

  it('says what is missing of a rule, at its field', () => {
    const rule = newRule([], 'Rule')
    const rules = [
      rule,
      { ...rule, name: 'Rule ', kind: 'unknown' as const },
      { ...rule, name: 'few', kind: 'count' as const, classes: ['dent'], atLeast: '' },
      { ...rule, name: 'large', kind: 'sizeThresholds' as const, classes: ['dent'] }
    ]
    expect(verdictProblems({ on: true, rules })).toEqual([
      ['verdict.rules.0.when', 'noClass'],
      ['verdict.rules.1.name', 'repeated'],
      ['verdict.rules.2.when', 'count'],
      ['verdict.rules.3.when', 'noThreshold']
    ])
  })
})

describe('an output in the form', () => {
  const stored = (changes: object): StoredOutput[] =>
    resolveOutputs([newOutput.parse({ kind: 'webhook', name: 'Gate', url: 'http://plc/', ...changes })], [])
  const secret = 'a-secret-that-is-long'
  const readAgain = (present: StoredOutput[]) => outputDraftsOf(present.map((one) => output.parse(one)))

  it.each([{ secret }, { when: { verdicts: ['NG'] }, masks: 'polygon', queue: 7, timeoutMs: 900, maxAgeSeconds: 5 }])(
    'is stored as it was read, with its secret: %j',
    (changes) => {
      const present = stored(changes)
      const given = readAgain(present).map((draft) => newOutput.parse(outputOf(draft)))
      expect(resolveOutputs(given, present)).toEqual(present)
    }
  )

  it('of a copied setup is a new one, whose secret must be given', () => {
    const [copy] = copiedOutputs(readAgain(stored({ secret })))
    expect(copy).toMatchObject({ id: undefined, hadSecret: false, secret: { kind: 'new', text: '' } })
    expect(copy && checkedOutput(copy)).toBeNull()
  })

  it('gets a name that is free, and a secret that the contract takes and nobody guesses', () => {
    const first = newWebhook([], 'Webhook')
    const second = newWebhook([first], 'Webhook')
    expect([first.name, second.name, second.key]).toEqual(['Webhook', 'Webhook-2', 1])
    const signed = { ...second, url: 'http://plc/', secret: { kind: 'new' as const, text: madeSecret() } }
    expect(checkedOutput(signed)).toMatchObject({ name: 'Webhook-2', secret: expect.stringMatching(/^whsec_.{44}$/) })
    expect(madeSecret()).not.toBe(madeSecret())
  })

  it('says what is wrong that its own schema cannot', () => {
    const first = newWebhook([], 'Webhook')
    const outputs = [first, { ...first, key: 1, verdicts: [] }]
    expect(outputProblems(outputs, true)).toEqual([
      ['outputs.1.name', 'repeated'],
      ['outputs.1.when', 'noOutcome']
    ])
    expect(outputProblems([{ ...first, verdicts: ['NG'] }], false)).toEqual([['outputs.0.when', 'noVerdict']])
  })
})
