import { parseArgs } from 'node:util'
import { FuzzStand } from '../fuzz/fuzzStand.ts'
import { defectsInLogs, secretsInLogs } from '../fuzz/hostLog.ts'
import { Tally } from '../fuzz/tally.ts'
import { brokenHttp } from './brokenHttp.ts'
import { hostileEnvironment, hostileSuite } from './hostileSuite.ts'

/**
 * `npm run test:hostile -- [--seed 1] [--requests 20000]`: requests made from the OpenAPI document, to every route, with
 * wrong types, huge values and odd encodings; then what is hardly HTTP. Nothing of it may end, hang or break the host.
 */

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, requests: { type: 'string', default: '20000' } }
})

const stand = await FuzzStand.open(hostileEnvironment)
const count = Number(values.requests)
const tally = new Tally()
const began = performance.now()

function* numbers(): Generator<number> {
  for (let number = 0; number < count && stand.host.end === null; number++) {
    if (number > 0 && number % 2000 === 0) console.log(`${number} of ${count}`)
    yield number
  }
}

await hostileSuite(stand, values.seed, tally, numbers())
const troubles = tally.failures.map(({ name, how, why }) => `${name} (${how}): ${why}`)
troubles.push(...(await brokenHttp(stand.host.url)))
await stand.recovered()
const minutes = (performance.now() - began) / 60_000
troubles.push(...(await secretsInLogs(stand.host.dataFolder, [stand.host.token])).map((name) => `a token in ${name}`))
troubles.push(...(await defectsInLogs(stand.host.dataFolder)))
const memory = await stand.host.memory()
troubles.push(...(await stand.close()))
console.log(`\n${tally.total} requests, seed ${values.seed}, ${minutes.toFixed(1)} min`)
console.log(tally.lines().join('\n'))
if (memory)
  console.log(
    `the host's memory: ${Math.round(memory.now / 2 ** 20)} MiB now, ${Math.round(memory.most / 2 ** 20)} at most`
  )
console.log(troubles.length === 0 ? 'PASSED' : `FAILED\n${troubles.join('\n')}`)
process.exitCode = troubles.length === 0 ? 0 : 1
