import { afterAll, beforeAll, expect, it } from 'vitest'
import { FuzzStand } from '../fuzz/fuzzStand.ts'
import { defectsInLogs, secretsInLogs } from '../fuzz/hostLog.ts'
import { Tally } from '../fuzz/tally.ts'
import { brokenHttp } from '../hostile/brokenHttp.ts'
import { hostileEnvironment, hostileSuite } from '../hostile/hostileSuite.ts'

/** The short form of `npm run test:hostile`, whose seed it shares. */
const requests = 1000

let stand: FuzzStand

beforeAll(async () => {
  stand = await FuzzStand.open(hostileEnvironment)
}, 60_000)
afterAll(async () => {
  expect(await stand.close()).toEqual([])
})

it('requests that are wrong in every way are refused in words, and nothing is held up', async () => {
  const tally = new Tally()
  await hostileSuite(
    stand,
    '1',
    tally,
    Array.from({ length: requests }, (_, at) => at)
  )
  expect(tally.failures).toEqual([])
  expect(tally.total).toBe(requests)
  expect(tally.of('200')).toBeGreaterThan(requests / 10)
  expect(tally.of('INVALID_REQUEST')).toBeGreaterThan(requests / 10)
  expect(await defectsInLogs(stand.host.dataFolder)).toEqual([])
  await stand.recovered()
}, 180_000)

it('what is hardly HTTP is refused or cut off, and leads to no file', async () => {
  expect(await brokenHttp(stand.host.url)).toEqual([])
  await stand.recovered()
}, 60_000)

it('no log holds the token, however it was sent', async () => {
  const { url, token, dataFolder } = stand.host
  for (const path of ['/', '/v1/projects', '/nowhere', '//', '/%zz']) {
    await fetch(`${url}${path}?token=${token}`, {
      redirect: 'manual',
      headers: { 'x-request-id': 'mine', cookie: `a=${token}` }
    })
  }
  expect(await secretsInLogs(dataFolder, [token])).toEqual([])
  expect(await secretsInLogs(dataFolder, ['mine'])).not.toEqual([])
})
