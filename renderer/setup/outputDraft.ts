import { newOutput, type NewOutput, type Outcome, type Output } from '../../main/contract/index.ts'

/** What becomes of an output's secret. */
export type SecretDraft = { kind: 'none' } | { kind: 'stored' } | { kind: 'new'; text: string }

/** An output as the form holds it. `id` is that of a stored one. */
export interface OutputDraft {
  key: number
  id: string | undefined
  name: string
  url: string
  secret: SecretDraft
  /** A secret is stored that may be kept. */
  hadSecret: boolean
  /** Null: every result. */
  verdicts: Outcome[] | null
  masks: boolean
  timeoutMs: number | string
  queue: number | string
  maxAgeSeconds: number | string
}

const defaults = newOutput.parse({ kind: 'webhook', name: '-', url: 'http://-' })

/** One more webhook, with a name that is free. @param word Such as `Webhook`. */
export function newWebhook(present: readonly OutputDraft[], word: string): OutputDraft {
  const names = new Set(present.map(({ name }) => name))
  let name = word
  for (let number = 2; names.has(name); number += 1) name = `${word}-${number}`
  const key = Math.max(-1, ...present.map((output) => output.key)) + 1
  const { timeoutMs, queue, maxAgeSeconds } = defaults
  const sent = { secret: { kind: 'none' as const }, hadSecret: false, verdicts: null, masks: false }
  return { key, id: undefined, name, url: 'http://', ...sent, timeoutMs, queue, maxAgeSeconds }
}

export function outputDraftsOf(outputs: readonly Output[]): OutputDraft[] {
  return outputs.map(({ id, name, url, hasSecret, when, masks, timeoutMs, queue, maxAgeSeconds }, key) => {
    const secret = { kind: hasSecret ? ('stored' as const) : ('none' as const) }
    const sent = { verdicts: when === 'all' ? null : when.verdicts, masks: masks === 'polygon' }
    return { key, id, name, url, secret, hadSecret: hasSecret, ...sent, timeoutMs, queue, maxAgeSeconds }
  })
}

/** The outputs of a copied setup: new ones, whose secrets must be given again. */
export function copiedOutputs(outputs: readonly OutputDraft[]): OutputDraft[] {
  return outputs.map((output) => {
    const secret = output.secret.kind === 'stored' ? { kind: 'new' as const, text: '' } : output.secret
    return { ...output, id: undefined, secret, hadSecret: false }
  })
}

/** As the contract takes it. */
export function outputOf(draft: OutputDraft) {
  const { id, name, url, secret, verdicts, masks, timeoutMs, queue, maxAgeSeconds } = draft
  return {
    kind: 'webhook' as const,
    ...(id === undefined ? {} : { id }),
    name,
    url,
    when: verdicts ? { verdicts } : 'all',
    masks: masks ? 'polygon' : 'none',
    ...{ timeoutMs, queue, maxAgeSeconds },
    hasSecret: secret.kind === 'stored',
    ...(secret.kind === 'stored' ? {} : { secret: secret.kind === 'new' ? secret.text : null })
  }
}

/** The output to test; null where something of it is wrong. */
export const checkedOutput = (draft: OutputDraft): NewOutput | null => newOutput.safeParse(outputOf(draft)).data ?? null

/** A secret that nobody guesses: `whsec_` and 32 random bytes in base64. */
export function madeSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCharCode(...bytes))}`
}

export type OutputProblem = 'repeated' | 'noVerdict' | 'noOutcome'

/** What the contract's schema does not say of an output by its field, or not in the words of a form. */
export function outputProblems(
  outputs: readonly OutputDraft[],
  hasVerdict: boolean
): [path: string, problem: OutputProblem][] {
  return outputs.flatMap(({ name, verdicts }, at) => {
    const path = `outputs.${at}`
    const isRepeated = outputs.findIndex((other) => other.name.trim() === name.trim()) < at
    const when = verdicts && (!hasVerdict ? 'noVerdict' : verdicts.length === 0 ? 'noOutcome' : null)
    return [
      ...(isRepeated ? [[`${path}.name`, 'repeated'] as [string, OutputProblem]] : []),
      ...(when ? [[`${path}.when`, when] as [string, OutputProblem]] : [])
    ]
  })
}
