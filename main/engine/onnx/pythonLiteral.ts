/** A parsed literal; `error` says where and why it is none. */
export type PythonLiteral = { ok: true; value: unknown } | { ok: false; error: string }

/** Deeper nesting is refused. */
const mostDepth = 50

/**
 * Parses a Python literal as `repr` writes it: dict, list, tuple, str (either quote, with escapes), int, float, bool
 * and None. Dicts become objects with text keys, in the order written; tuples become arrays.
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  const reader = new LiteralReader(text)
  try {
    const value = reader.value(0)
    reader.end()
    return { ok: true, value }
  } catch (error) {
    if (error instanceof NoLiteral) return { ok: false, error: error.message }
    throw error
  }
}

class NoLiteral extends Error {}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"', '0': '\0' }
const words: Record<string, unknown> = { True: true, False: false, None: null, nan: NaN, inf: Infinity }

class LiteralReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(depth: number): unknown {
    if (depth > mostDepth) throw this.#error('it is nested too deeply')
    const next = this.#peek()
    if (next === '{') return this.#dict(depth)
    if (next === '[') return this.#items('[', ']', depth)
    if (next === '(') return this.#items('(', ')', depth)
    if (next === "'" || next === '"') return this.#string()
    return this.#wordOrNumber()
  }

  end(): void {
    if (this.#peek() !== undefined) throw this.#error('something follows it')
  }

  #dict(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    this.#take('{')
    while (this.#peek() !== '}') {
      const key = this.#key(depth + 1)
      this.#take(':')
      entries.push([key, this.value(depth + 1)])
      if (this.#peek() !== '}') this.#take(',')
    }
    this.#take('}')
    return Object.fromEntries(entries)
  }

  /** Only what has no parts can be the text key of an object. */
  #key(depth: number): string {
    const key = this.value(depth)
    if (typeof key === 'object' && key !== null) throw this.#error('a key has parts')
    return String(key)
  }

  #items(open: string, close: string, depth: number): unknown[] {
    const items: unknown[] = []
    this.#take(open)
    while (this.#peek() !== close) {
      items.push(this.value(depth + 1))
      if (this.#peek() !== close) this.#take(',')
    }
    this.#take(close)
    return items
  }

  #string(): string {
    const quote = this.#text[this.#at++]
    let value = ''
    for (;;) {
      const letter = this.#text[this.#at++]
      if (letter === undefined) throw this.#error('a text does not end')
      if (letter === quote) return value
      value += letter === '\\' ? this.#escape() : letter
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at++] ?? ''
    const length = { x: 2, u: 4, U: 8 }[letter]
    if (!length) return escapes[letter] ?? `\\${letter}`
    const digits = this.#text.slice(this.#at, this.#at + length)
    const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1
    if (code < 0 || code > 0x10ffff) throw this.#error('an escape is broken')
    this.#at += length
    return String.fromCodePoint(code)
  }

  #wordOrNumber(): unknown {
    const word = /^[+\-.\w]+/.exec(this.#text.slice(this.#at, this.#at + 64))?.[0] ?? ''
    this.#at += word.length
    if (Object.hasOwn(words, word)) return words[word]
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word)) return Number(word)
    throw this.#error(`“${word}” is no literal`)
  }

  #peek(): string | undefined {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
    return this.#text[this.#at]
  }

  #take(letter: string): void {
    if (this.#peek() !== letter) throw this.#error(`“${letter}” is missing`)
    this.#at++
  }

  #error(why: string): NoLiteral {
    return new NoLiteral(`no Python literal: ${why}, at character ${this.#at}`)
  }
}
