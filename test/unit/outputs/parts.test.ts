import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newOutput, newSetup, storedSetup, type StoredOutput } from '../../../main/contract/index.ts'
import { outputFields, resolveOutputs, withoutSecrets } from '../../../main/host/outputs/resolveOutputs.ts'
import { retryAfterMs } from '../../../main/host/outputs/retryAfter.ts'
import { deliveryHeaders } from '../../../main/host/outputs/signature.ts'

const now = Date.parse('2026-11-24T06:00:00Z')

describe('Retry-After', () => {
  it.each([
    [undefined, null],
    ['soon', null],
    ['0', 0],
    [' 7 ', 7000],
    ['Tue, 24 Nov 2026 06:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 05:00:00 GMT', 0],
    ['999999999', 600_000]
  ])('%s → %s', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms))

  it('is never negative and never more than ten minutes', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const ms = retryAfterMs(header, now) ?? 0
        expect(ms >= 0 && ms <= 600_000).toBe(true)
      })
    )
  })
})

describe('a signature', () => {
  // The example of Standard Webhooks' own documentation.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = Buffer.from('{"test": 2432232314}')

  it('is that of Standard Webhooks', () => {
    expect(deliveryHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, body, secret)).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    })
  })
})

describe('the address of a webhook', () => {
  const problemOf = (url: string) =>
    newOutput.safeParse({ kind: 'webhook', name: 'Gate', url }).error?.issues[0]?.message

  it.each(['http://192.168.0.20:8080/result?line=2', 'https://plc.local/', 'http://localhost:1', 'http://[fe80::1]/x'])(
    'may be %s',
    (url) => expect(problemOf(url)).toBeUndefined()
  )

  it.each([
    ['ftp://192.168.0.20/', /http/],
    ['file:///etc/passwd', /http/],
    ['192.168.0.20', /http/],
    ['http://', /whole address/],
    ['http://user:secret@plc.local/', /no user name/],
    [`http://plc/${'a'.repeat(2000)}`, /2000/]
  ])('may not be %s', (url, problem) => expect(problemOf(url)).toMatch(problem))
})

describe('secrets', () => {
  const given = (changes: object = {}) =>
    newOutput.parse({ kind: 'webhook', name: 'Gate', url: 'http://plc/', ...changes })
  const [stored] = resolveOutputs([given({ secret: 'a-secret-that-is-long' })], [])
  if (!stored) throw new Error('no output')
  const present: StoredOutput[] = [stored]
  const setupWith = (outputs: object[]) => {
    const id = '01K0000000000000000000000A'
    return newSetup.parse({ project: id, model: id, type: 'api', name: 'Check', outputs })
  }

  it('stay where a setup is written back as it was read, whatever else changes', () => {
    const setup = storedSetup.parse({ ...setupWith([]), slug: 'check', general: { threads: 1 }, outputs: present })
    const read = withoutSecrets(setup)
    expect(JSON.stringify(read)).not.toContain('a-secret')
    expect(read.outputs).toMatchObject([{ id: stored.id, hasSecret: true }])
    const changed = setupWith(read.outputs.map((output) => ({ ...output, name: 'Door', url: 'http://other/' })))
    expect(outputFields(changed, present)).toEqual([])
    expect(resolveOutputs(changed.outputs, present)).toEqual([{ ...stored, name: 'Door', url: 'http://other/' }])
  })

  it('are replaced, and removed, only on purpose', () => {
    const { id } = stored
    expect(resolveOutputs([given({ id, secret: 'another-secret-long' })], present)).toMatchObject([
      { id, secret: 'another-secret-long' }
    ])
    expect(resolveOutputs([given({ id, secret: null })], present)).toMatchObject([
      { id, secret: null, hasSecret: false }
    ])
    expect(resolveOutputs([given({ id })], present)).toMatchObject([{ secret: stored.secret }])
  })

  it('are never taken over by another output', () => {
    const taken = resolveOutputs([given({ id: stored.id }), given({ id: stored.id, name: 'Door' })], present)
    expect(taken.map(({ secret }) => secret)).toEqual([stored.secret, null])
    expect(new Set(taken.map(({ id }) => id)).size).toBe(2)
    expect(resolveOutputs([given({ id: '01K0000000000000000000000B' })], present)).toMatchObject([{ secret: null }])
    const copied = setupWith([{ ...given(), id: stored.id, hasSecret: true }])
    expect(outputFields(copied, []).map(({ path }) => path)).toEqual(['outputs.0.secret'])
  })

  it.each(['short', 'has a space in its middle', 'whsec_not-base64!!!!!', 'ümlaut-is-not-ascii'])(
    'may not be “%s”',
    (secret) => expect(() => given({ secret })).toThrow()
  )
})
