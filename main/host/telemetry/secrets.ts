/** What a field of this name holds is never shown. */
const secretNames = /token|secret|password|passphrase|authorization|cookie|api-?_?key|privatekey|signature/i

/** Texts that give a secret or a picture away, and what stands in their place. */
const patterns: [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [secret]'],
  [/\blineside_[\w-]{43}/g, '[secret]'],
  [/([?&][\w-]*key=)[^&\s"'<>]+/gi, '$1[secret]'],
  [
    /\b([\w-]*(?:token|secret|password|passphrase|api[-_]?key|signature)["']?[=:]\s*["']?)[^\s"'&,;<>[]+/gi,
    '$1[secret]'
  ],
  [/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@"']+@/gi, '$1[secret]@'],
  [/[A-Za-z0-9+/]{200,}={0,2}/g, '[left out]']
]
const mostCharacters = 4000
const mostDepth = 6

/** Keeps tokens, keys and pictures out of what is written down or handed out, whoever passed them on. */
export class Secrets {
  readonly #known = new Set<string>()

  /** This text is never shown. @param secret At least eight characters, or it would be found everywhere. */
  hide(secret: string): void {
    if (secret.length < 8) throw new Error('a secret has at least 8 characters')
    this.#known.add(secret)
  }

  /** The text without secrets, and cut where it is very long. */
  text(text: string): string {
    let shown = text
    for (const secret of this.#known) shown = shown.replaceAll(secret, '[secret]')
    for (const [pattern, instead] of patterns) shown = shown.replace(pattern, instead)
    const over = shown.length - mostCharacters
    return over <= 0 ? shown : `${shown.slice(0, mostCharacters)}… and ${over} characters more`
  }

  /** Plain data with the same shape and no secrets; bytes are only counted. */
  value(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
    if (depth >= mostDepth) return '[left out]'
    if (value instanceof Error) return this.#error(value)
    if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1))
    return this.fields(value, depth)
  }

  fields(fields: object, depth = 0): Record<string, unknown> {
    const shown = Object.entries(fields).map(([key, value]): [string, unknown] => {
      const isSecret = secretNames.test(key) && value !== null && typeof value !== 'boolean'
      return [key, isSecret ? '[secret]' : this.value(value, depth + 1)]
    })
    return Object.fromEntries(shown)
  }

  #error({ name, message, stack }: Error): Record<string, unknown> {
    return { name, message: this.text(message), ...(stack !== undefined && { stack: this.text(stack) }) }
  }
}
