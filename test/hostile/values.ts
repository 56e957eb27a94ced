import type { Random } from '../fuzz/random.ts'
import type { Resolve, Schema } from './operations.ts'

/** Texts that have broken programs: paths, names of objects' insides, encodings, lengths. */
export const hostileTexts = [
  '', ' ', '.', '..', '../../../../etc/passwd', '..\\..\\boot.ini', '/etc/passwd', 'C:\\x', 'file:///etc/passwd', 'NUL', 'con.txt',
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\0', 'a\0b', '\r\nSet-Cookie: a=b', '\u0007', '\ud800', '\udfff\ud800',
  '\ufeff', '\u202eabc', 'İ', 'ß', '👩‍👩‍👧‍👦', 'e\u0301', '<script>alert(1)</script>', "'; DROP TABLE samples; --", '" OR 1=1', '%00', '%2e%2e%2f',
  '${7*7}', '{{7*7}}', 'null', 'true', '0', '-1', '1e309', 'NaN', '0x10', '٣', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '2026-02-30T25:61:00.000Z'
] // prettier-ignore

const numbers = [
  0,
  -0,
  -1,
  1,
  0.5,
  31,
  255,
  65_536,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 63),
  1e21,
  1e308,
  5e-324
]

/** A value that the schema takes, as far as it can be told from it. @param known Gives ids for a property's name. */
export function validValue(given: Schema, resolve: Resolve, random: Random, known: Known, name = ''): unknown {
  const schema = resolve(given)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return random.pick(schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return validValue(random.pick(choices), resolve, random, known, name)
  const again = (inner: Schema, key: string) => validValue(inner, resolve, random, known, key)
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type
  if (type === 'object') return validObject(schema, random, again)
  if (type === 'array') return Array.from({ length: random.below(3) }, () => again(schema.items ?? {}, name))
  if (type === 'number' || type === 'integer') return validNumber(schema, type, random)
  if (type === 'boolean') return random.oneIn(2)
  if (type === 'null') return null
  return validText(schema, random, known, name)
}

/** An id of the right kind for a property or a path's parameter; undefined where the name says nothing of one. */
export type Known = (name: string) => string | undefined

function validObject(schema: Schema, random: Random, again: (inner: Schema, key: string) => unknown) {
  const entries = Object.entries(schema.properties ?? {})
    .filter(([key]) => schema.required?.includes(key) === true || random.oneIn(3))
    .map(([key, inner]) => [key, again(inner, key)] as const)
  const more = schema.additionalProperties
  const extra = typeof more === 'object' && random.oneIn(2) ? [[`c${random.below(3)}`, again(more, '')] as const] : []
  return Object.fromEntries([...entries, ...extra])
}

function validNumber({ minimum = 0, maximum = minimum + 100 }: Schema, type: string, random: Random): number {
  const range = Math.min(maximum, minimum + 1000) - minimum
  return minimum + (type === 'integer' ? random.below(range + 1) : (range * random.below(1001)) / 1000)
}

function validText({ pattern = '' }: Schema, random: Random, known: Known, name: string): string {
  const id = known(name)
  if (id !== undefined) return id
  if (pattern.includes('a-z0-9')) return `s-${random.below(1_000_000)}`
  return random.pick([`c${random.below(5)}`, `name ${random.below(1_000_000)}`])
}

/** Anything but what was asked for. */
export function hostileValue(random: Random): unknown {
  const list = (length: number, value: unknown) => Array.from({ length }, () => value)
  return random.pick<() => unknown>([
    () => random.pick(hostileTexts),
    () => random.pick(hostileTexts),
    () => random.pick(numbers),
    () => random.pick<unknown>([null, true, false, [], {}, [[]], [null], { length: 1e9 }, { toString: 1, valueOf: 1 }]),
    () => 'x'.repeat(random.below(100_000)),
    () => '\u0000'.repeat(random.below(1000)),
    () => list(random.below(20_000), random.pick([0, '', null, {}])),
    () => Object.fromEntries(list(random.below(3000), 0).map((_, at) => [`k${at}`, at])),
    () => nested(random.below(40)),
    () => random.pick(hostileTexts).repeat(random.below(500))
  ])()
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** The value with one of its parts replaced, left out, or doubled under a name that is not known. */
export function damaged(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.oneIn(6)) return hostileValue(random)
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1)
    return [...value.slice(0, at), damaged(value[at], random), ...value.slice(at + 1)]
  }
  const entries = Object.entries(value)
  if (entries.length === 0 || random.oneIn(6)) {
    return { ...value, [random.pick(hostileTexts)]: hostileValue(random) }
  }
  const [key, inner] = random.pick(entries)
  const rest = entries.filter(([other]) => other !== key)
  return Object.fromEntries(random.oneIn(6) ? rest : [...rest, [key, damaged(inner, random)]])
}
