import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePythonLiteral } from '../../../main/engine/onnx/pythonLiteral.ts'

/** As Python's repr prints it, whichever quote it would have to choose. */
function repr(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${repr(item)}`)
      .join(', ')}}`
  if (typeof value === 'number') return String(value)
  throw new Error(`no literal: ${typeof value}`)
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const body = Array.from(text).map((letter) => {
    if (letter === quote || letter === '\\') return `\\${letter}`
    const code = letter.codePointAt(0)!
    if (code < 32 || code === 127) return `\\x${code.toString(16).padStart(2, '0')}`
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : letter
  })
  return quote + body.join('') + quote
}

const literal = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true })
  )
})).value

describe('parsePythonLiteral', () => {
  it.each([
    ["{0: 'person', 1: \"driver's\"}", { 0: 'person', 1: "driver's" }],
    ["{0: 'it\\'s \"odd\"'}", { 0: 'it\'s "odd"' }],
    ['[640, 480]', [640, 480]],
    ['(17, 3,)', [17, 3]],
    ['()', []],
    ['{}', {}],
    ["{'batch': 1, 'half': False, 'opset': None, 'nms': True}", { batch: 1, half: false, opset: null, nms: true }],
    ['  32  ', 32],
    ['-1.5e-3', -0.0015],
    ['1.', 1],
    ['1e16', 1e16],
    ['inf', Infinity],
    ["'tab\\t new\\n \\\\ \\x41 \\u00e9 \\U0001f600'", 'tab\t new\n \\ A é 😀'],
    ["{'a': {'b': [1, (2, 'c')]}}", { a: { b: [1, [2, 'c']] } }],
    ["{'__proto__': 1}", Object.fromEntries([['__proto__', 1]])]
  ])('reads %s', (text, value) => {
    expect(parsePythonLiteral(text)).toEqual({ ok: true, value })
  })

  it.each([
    [''],
    ['{'],
    ["{0: 'a'"],
    ["{0 'a'}"],
    ['[1 2]'],
    ['[1, 2'],
    ["'open"],
    ["'\\x4'"],
    ["'\\Uffffffff'"],
    ['true'],
    ['null'],
    ['1 2'],
    ["__import__('os')"],
    ["{{'toString': 1}: 2}"],
    ['{[1]: 2}'],
    ['['.repeat(100_000)]
  ])('refuses %.40s', (text) => {
    const parsed = parsePythonLiteral(text)
    expect(parsed).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^no Python literal: .+ at character \d+$/)
    })
  })

  it('reads what repr prints', () => {
    fc.assert(
      fc.property(literal, (value) => {
        expect(parsePythonLiteral(repr(value))).toEqual({ ok: true, value })
      })
    )
  })

  it('throws at nothing', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      ':',
      ',',
      "'",
      '"',
      '\\',
      'x',
      '0',
      '1.',
      'None',
      ' ',
      'toString'
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((some) => some.join(''))
        ),
        (text) => void parsePythonLiteral(text)
      ),
      { numRuns: 1000 }
    )
  })
})
