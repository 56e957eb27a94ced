import type { Random } from '../fuzz/random.ts'
import { bodyFor, type Files } from './bodies.ts'
import type { KnownIds } from './knownIds.ts'
import type { Operation, Resolve, Schema } from './operations.ts'
import { hostileTexts, hostileValue, validValue } from './values.ts'

/** A request as it goes out; the path is sent as it stands. */
export interface HostileRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Uint8Array | undefined
}

export interface Ground {
  resolve: Resolve
  ids: KnownIds
  files: Files
  token: string
}

const otherMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']
/** What ends or changes what it names. */
const ending = /^(delete|change|replace|stop|start|switch)/i

/** A request to an operation: every part of it may be wrong, most of it is right, so that it gets far. */
export function requestTo(operation: Operation, ground: Ground, random: Random): HostileRequest {
  const known = (name: string) => ground.ids.find(name, operation.path, ending.test(operation.name), random)
  const method = random.oneIn(30) ? random.pick(otherMethods) : operation.method
  const hasBody = method === operation.method && !['GET', 'HEAD', 'TRACE'].includes(method)
  const body = hasBody ? bodyFor(operation, ground.resolve, random, known, ground.files) : undefined
  const path = pathOf(operation, random, known) + queryOf(operation, ground.resolve, random, known)
  const headers = {
    ...credentials(ground.token, random),
    ...strangeHeaders(random),
    ...(body?.type !== undefined && { 'content-type': body.type }),
    ...body?.headers
  }
  return { method, path, headers, body: body?.bytes }
}

type Find = (name: string) => string | undefined

function pathOf({ path }: Operation, random: Random, known: Find): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = known(name)
    return id !== undefined && !random.oneIn(4) ? id : encoded(hostileText(random), random)
  })
  return random.oneIn(40) ? filled + random.pick(['/', '//', '/..;/', '/%2e%2e/', '%00', '?', '#x', ';a=b']) : filled
}

function queryOf({ query }: Operation, resolve: Resolve, random: Random, known: Find): string {
  const one = ({ name, schema }: { name: string; schema: Schema }) => {
    const value = random.oneIn(2) ? validValue(schema, resolve, random, known, name) : hostileText(random)
    return `${name}${random.oneIn(12) ? random.pick(['[]', '[a]', '[__proto__]']) : ''}=${encoded(String(value), random)}`
  }
  const chosen = query.filter(() => random.oneIn(2)).map(one)
  if (random.oneIn(10)) chosen.push(...chosen)
  if (random.oneIn(10))
    chosen.push(random.pick(['%', '&&&', '=', 'try=true', '__proto__=1', 'token=x', 'x='.repeat(3000)]))
  return chosen.length > 0 ? `?${chosen.join('&')}` : ''
}

function hostileText(random: Random): string {
  if (random.oneIn(20)) return 'x'.repeat(random.below(9000))
  return random.oneIn(10) ? JSON.stringify(hostileValue(random)).slice(0, 3000) : random.pick(hostileTexts)
}

/** As it should be, or in an encoding that is wrong. What no request line may hold is encoded in any case. */
function encoded(text: string, random: Random): string {
  if (random.oneIn(8)) return random.pick(['%', '%zz', '%ff%fe', '%c0%80', '%u0041', '%ed%a0%80', '%25', '%2525'])
  if (random.oneIn(6)) return encodeURI(text.toWellFormed()).replaceAll('%25', '%')
  return encodeURIComponent(text.toWellFormed())
}

function credentials(token: string, random: Random): Record<string, string> {
  if (!random.oneIn(12)) return { authorization: `Bearer ${token}` }
  const wrong = [
    'Bearer ',
    'Bearer x',
    `bearer  ${token}`,
    `Basic ${btoa(token)}`,
    `Bearer ${token}x`,
    'x'.repeat(4000)
  ]
  return random.oneIn(2) ? {} : { authorization: random.pick(wrong) }
}

function strangeHeaders(random: Random): Record<string, string> {
  if (!random.oneIn(6)) return {}
  return random.pick<() => Record<string, string>>([
    () => ({ 'x-request-id': random.pick(['', 'a'.repeat(5000), '../../x', 'é', '%00', '{}']) }),
    () => ({
      'lineside-metadata': random.pick(['{', '[]', '{"a":1}', '"x"', '{"timestamp":"x"}', 'Ã', '['.repeat(9000)])
    }),
    () => ({ cookie: random.pick(['a', '=;=;', 'lineside-1=x', ';'.repeat(3000), '__proto__=1']) }),
    () => ({ origin: random.pick(['null', 'http://127.0.0.1', 'https://foreign.example', '']) }),
    () => ({ 'sec-fetch-site': random.pick(['cross-site', 'same-site', 'none', 'x']) }),
    () => ({ host: random.pick(['foreign.example', '127.0.0.1', 'localhost:1', '[::1]', '127.0.0.1:99999', '']) }),
    () => ({ accept: random.pick(['text/html', '', 'x'.repeat(2000)]), 'accept-encoding': 'gzip;q=0, *;q=9' }),
    () => ({ range: 'bytes=-1,0-,9999999999-', 'if-none-match': '*', 'if-modified-since': 'never' }),
    () => ({ 'x-http-method-override': 'DELETE', 'x-forwarded-host': 'foreign.example', 'x-forwarded-for': '\t' }),
    () => ({ connection: random.pick(['close', 'upgrade, http2-settings', 'x']), expect: '100-continue' }),
    () => Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`x-${at}`, 'y']))
  ])()
}
