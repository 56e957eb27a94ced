import { gzipSync } from 'node:zlib'
import { byteMutations } from '../fuzz/mutateBytes.ts'
import type { Random } from '../fuzz/random.ts'
import type { Operation, Resolve } from './operations.ts'
import { damaged, hostileTexts, hostileValue, validValue, type Known } from './values.ts'

export interface Body {
  type: string | undefined
  bytes: Uint8Array
  headers?: Record<string, string>
}

/** Files that a body may carry. */
export interface Files {
  picture: Uint8Array
  model: Uint8Array
}

/** A body for an operation: mostly of a kind that it takes, and mostly damaged. */
export function bodyFor(operation: Operation, resolve: Resolve, random: Random, known: Known, files: Files): Body {
  const types = Object.keys(operation.bodies)
  if (types.length === 0 || random.oneIn(20)) return strayBody(random)
  const type = random.pick(types)
  if (type === 'multipart/form-data') return formBody(random, files, operation.name === 'predict' ? 'image' : 'file')
  if (type !== 'application/json') return { type: pictureType(random), bytes: file(random, files.picture) }
  return jsonBody(validValue(operation.bodies[type] ?? {}, resolve, random, known), random)
}

function strayBody(random: Random): Body {
  const types = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/xml',
    'multipart/form-data'
  ]
  const odd = [
    '*/*',
    'image/svg+xml',
    'application/json; charset=utf-7',
    'multipart/form-data; boundary=',
    'x'.repeat(3000),
    ''
  ]
  const type = random.oneIn(10) ? undefined : random.pick([...types, ...odd])
  return { type, bytes: random.bytes(random.below(200)) }
}

function pictureType(random: Random): string {
  return random.pick(['image/jpeg', 'image/png', 'application/octet-stream', 'image/x'])
}

/** A file as it is, damaged, or none at all. */
function file(random: Random, good: Uint8Array): Buffer {
  if (random.oneIn(4)) return Buffer.from(good)
  if (random.oneIn(4)) return Buffer.from(random.bytes(random.below(64)))
  return random.pick(Object.values(byteMutations))(Buffer.from(good), random)
}

function jsonBody(valid: unknown, random: Random): Body {
  let value = valid
  const times = random.oneIn(3) ? 0 : random.oneIn(3) ? 3 : 1
  for (let time = 0; time < times; time++) value = damaged(value, random)
  const text = Buffer.from(JSON.stringify(value))
  return random.oneIn(4) ? oddJson(text, random) : { type: 'application/json', bytes: text }
}

const brokenTexts = [
  '', '{', '[', '"', '{"a":}', '[1,]', '{"a":1,"a":2}', 'NaN', '1e999', '-', 'undefined', '{"__proto__":{"x":1}}', '\u{feff}{}',
  '{"constructor":{"prototype":{"x":1}}}', '[1e400]', '"\\ud800"', '{"a":"\\u0000"}', "{'a':1}", '// x\n{}', '['.repeat(100_000)
] // prettier-ignore

/** JSON in an encoding that was not agreed, or none. */
function oddJson(text: Buffer, random: Random): Body {
  const type = 'application/json'
  return random.pick<() => Body>([
    () => ({ type, bytes: Buffer.from(random.pick(brokenTexts)) }),
    () => ({ type: 'application/json; charset=utf-16le', bytes: Buffer.from(text.toString('utf8'), 'utf16le') }),
    () => ({ type, bytes: gzipSync(text), headers: { 'content-encoding': 'gzip' } }),
    () => ({ type, bytes: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), text]) }),
    () => ({ type, bytes: Buffer.from(text.toString('utf8'), 'latin1') }),
    () => ({ type, bytes: random.pick(Object.values(byteMutations))(text, random) }),
    () => ({ type: random.pick(['application/JSON;x', 'text/json', 'application/json, text/plain']), bytes: text })
  ])()
}

/** A form with the parts that a route knows and others, whose edges may be wrong. */
function formBody(random: Random, files: Files, main: string): Body {
  const edge = random.pick(['edge', 'x'.repeat(70), "'()+_,-./:=?", '----'])
  const count = random.oneIn(30) ? 700 : 1 + random.below(4)
  const parts = Array.from({ length: count }, () => part(edge, random, files, main))
  const end = random.oneIn(5) ? '' : `--${edge}--\r\n`
  const bytes = Buffer.concat([...parts, Buffer.from(end)])
  const boundary = random.oneIn(10) ? 'another' : edge
  return {
    type: `multipart/form-data; boundary="${boundary}"`,
    bytes: random.oneIn(6) ? random.pick(Object.values(byteMutations))(bytes, random) : bytes
  }
}

function part(edge: string, random: Random, files: Files, main: string): Buffer {
  const name = random.oneIn(3) ? random.pick(['image', 'file', 'data', 'spec', 'metadata', ...hostileTexts]) : main
  const fileName = random.oneIn(2) ? `; filename="${random.pick(['m.onnx', ...hostileTexts])}"` : ''
  const type = random.oneIn(3) ? `Content-Type: ${random.pick(['application/json', 'text/plain', 'x'])}\r\n` : ''
  const content =
    name === 'spec' || name === 'metadata'
      ? Buffer.from(JSON.stringify(hostileValue(random)))
      : file(random, name === 'image' || random.oneIn(10) ? files.picture : files.model.subarray(0, 40))
  const head = `--${edge}\r\nContent-Disposition: form-data; name="${name}"${fileName}\r\n${type}\r\n`
  return Buffer.concat([Buffer.from(head), content, Buffer.from('\r\n')])
}
