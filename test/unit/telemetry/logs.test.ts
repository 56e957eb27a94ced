import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import { logLine, logQuery, logRecord, type LogQuery, type ServerEvent } from '../../../main/contract/index.ts'
import { EventBus } from '../../../main/host/eventBus.ts'
import { Logs } from '../../../main/host/telemetry/logs.ts'
import { temporaryFolder, until } from '../host-data/helpers.ts'

const small = {
  app: { mostBytes: 1e6, files: 2 },
  run: { mostBytes: 1500, files: 3, runs: 4, allBytes: 1e6 }
}

test('log lines reach the file, the inference’s last lines and the windows; the level holds for all', async () => {
  const folder = await temporaryFolder()
  const bus = new EventBus()
  const events: ServerEvent[] = []
  bus.subscribe((event) => events.push(event))
  const logs = await Logs.open(folder, 'info', bus)
  const logger = logs.logger.child({ inference: 'surface-check' })
  logger.debug('too fine')
  logger.child({ instance: 2 }).warn('it died', { signal: 'SIGSEGV' })
  logs.logger.info('of the host')
  expect(logs.of('surface-check')).toMatchObject([
    { level: 'warn', inference: 'surface-check', message: 'it died (instance: 2, signal: SIGSEGV)' }
  ])
  for (const record of logs.of('surface-check')) logRecord.parse(record)
  expect(events).toMatchObject([{ type: 'log' }, { type: 'log', record: { inference: null } }])
  await logs.close()
  const written = readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
    .trimEnd()
    .split('\n')
  expect(written.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 'warn', inference: 'surface-check', instance: 2, signal: 'SIGSEGV', message: 'it died' },
    { level: 'info', message: 'of the host' }
  ])
})

test('an inference’s last 1000 lines are kept, and go with it', async () => {
  const bus = new EventBus()
  const logs = await Logs.open(await temporaryFolder(), 'info', bus)
  const logger = logs.logger.child({ inference: 'busy' })
  for (let line = 0; line < 1234; line++) logger.info(`line ${line}`)
  const kept = logs.of('busy')
  expect([kept.length, kept[0]?.message, kept.at(-1)?.message]).toEqual([1000, 'line 234', 'line 1233'])
  bus.publish({ type: 'inference-removed', slug: 'busy' })
  expect(logs.of('busy')).toEqual([])
  await logs.close()
})

/** Empty in the moment between a full file's renaming and the next one's making. */
function newestLog(folder: string): string {
  try {
    return readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

test('the log’s files stay few and small, and the newest lines are in them', async () => {
  const folder = await temporaryFolder()
  const logs = await Logs.open(folder, 'info', new EventBus(), { ...small, app: { mostBytes: 2000, files: 3 } })
  for (let line = 0; line < 200; line++) {
    logs.logger.info(`line ${line}`)
    if (line % 5 === 0) await until(() => newestLog(folder).includes(`line ${line}"`))
  }
  await logs.close()
  const names = readdirSync(join(folder, 'logs')).sort()
  expect(names).toEqual(['lineside.log', 'lineside.log.1', 'lineside.log.2', 'runs'])
  const text = names
    .filter((name) => name !== 'runs')
    .reverse()
    .map((name) => readFileSync(join(folder, 'logs', name), 'utf8'))
  const lines = text
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => Number(/line (\d+)/.exec(line)?.[1]))
  expect(lines.at(-1)).toBe(199)
  expect(lines).toEqual(lines.map((_, index) => 200 - lines.length + index))
})

test('a log goes on in the file that the host before left', async () => {
  const folder = await temporaryFolder()
  for (const line of ['first start', 'second start']) {
    const logs = await Logs.open(folder, 'info', new EventBus())
    logs.logger.info(line)
    await logs.close()
  }
  const text = readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
  expect(text).toMatch(/first start.*\n.*second start/)
})

test('a run has a log of its own, in the host’s log are all lines', async () => {
  const logs = await Logs.open(await temporaryFolder(), 'info', new EventBus())
  const [one, other] = [ulid(), ulid()]
  logs.logger.child({ run: one, inference: 'a' }).info('first')
  logs.logger.child({ run: other, inference: 'a' }).warn('second')
  logs.logger.info('of the host')
  const messages = async (log: string) => (await logs.read(log, logQuery.parse({}))).items.map(({ message }) => message)
  expect(await messages(one)).toEqual(['first'])
  expect(await messages(other)).toEqual(['second'])
  expect(await messages('app')).toEqual(['of the host', 'second', 'first'])
  const names = (await logs.list()).map(({ log }) => log)
  expect([names[0], names.slice(1).toSorted()]).toEqual(['app', [one, other].toSorted()])
  await expect(logs.read(ulid(), logQuery.parse({}))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await logs.close()
})

const lines = fc.array(
  fc.record({
    level: fc.constantFrom('debug', 'info', 'warn', 'error'),
    message: fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.constantFrom('Engine died', 'engine is ready', 'größer als 200 µm', 'two\nlines', '鑄造'.repeat(3000))
    )
  }),
  { minLength: 1, maxLength: 60 }
)

test('reading page by page gives the lines that are wanted, each once, the newest first, however the log lies', async () => {
  const folder = await temporaryFolder()
  const property = fc.asyncProperty(
    lines,
    fc.constantFrom('debug', 'info', 'warn', 'error'),
    fc.constantFrom('', 'ENGINE', '200 µ', '鑄'),
    fc.integer({ min: 1, max: 20 }),
    async (given, level, text, limit) => {
      const run = ulid()
      const logs = await Logs.open(folder, 'debug', new EventBus(), {
        ...small,
        run: { ...small.run, mostBytes: 1e5, files: 50 }
      })
      const logger = logs.logger.child({ run })
      for (const { level: of, message } of given) {
        logger[of](message)
        await logs.flushed()
      }
      const ranks = ['debug', 'info', 'warn', 'error']
      const wanted = given.filter(
        (line) => ranks.indexOf(line.level) >= ranks.indexOf(level) && matches(line.message, text)
      )
      const found: string[] = []
      for (let after: number | undefined; ;) {
        const query: LogQuery = { level, text, limit, ...(after !== undefined && { after }) }
        const page = await logs.read(run, query)
        expect(page.items.length).toBeLessThanOrEqual(limit)
        found.push(...page.items.map(({ message }) => message))
        if (page.next === null) break
        after = page.next
      }
      await logs.close()
      expect(found.map(start)).toEqual(wanted.map(({ message }) => start(message)).reverse())
    }
  )
  await fc.assert(property, { numRuns: 25 })
})

/** A message over 4 000 characters is cut. */
const start = (message: string) => message.slice(0, 4000)
const matches = (message: string, text: string) => start(message).toLowerCase().includes(text.toLowerCase())

test('whatever is written, a run’s files stay in number and size, and what is in them are the last lines', async () => {
  const folder = await temporaryFolder()
  const sizes = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 })
  const property = fc.asyncProperty(sizes, async (given) => {
    const logs = await Logs.open(folder, 'info', new EventBus(), small)
    const run = ulid()
    const logger = logs.logger.child({ run })
    for (const [index, size] of given.entries()) {
      logger.info(`${index} ${'-'.repeat(size)}`)
      if (index % 3 === 0) await logs.flushed()
    }
    const kept = (await text(await logs.content(run)))
      .trimEnd()
      .split('\n')
      .map((line) => logLine.parse(JSON.parse(line)))
    await logs.close()
    const numbers = kept.map(({ message }) => parseInt(message, 10))
    expect(numbers).toEqual(numbers.map((_, index) => given.length - numbers.length + index))
    const files = readdirSync(join(folder, 'logs', 'runs')).filter((name) => name.startsWith(run))
    expect(files.length).toBeLessThanOrEqual(small.run.files)
    // Three lines that were written at once may lie together beyond the limit.
    for (const file of files) expect(statSync(join(folder, 'logs', 'runs', file)).size).toBeLessThan(1500 + 3 * 900)
  })
  await fc.assert(property, { numRuns: 30 })
})

test('the logs of the runs that were written longest ago go, by number and by bytes', async () => {
  const folder = await temporaryFolder()
  const logs = await Logs.open(folder, 'info', new EventBus(), { ...small, run: { ...small.run, allBytes: 3000 } })
  const runs = Array.from({ length: 7 }, (_, index) => ulid(1e12 + index))
  const kept = async () => (await logs.list()).filter(({ log }) => log !== 'app').map(({ log }) => log)
  for (const [index, run] of runs.entries()) {
    logs.logger.child({ run }).info('short')
    await logs.flushed()
    // By the clock of the files, which is coarse on some disks.
    utimesSync(join(folder, 'logs', 'runs', `${run}.log`), index, index)
  }
  // The last one is counted when the next one begins.
  expect(await kept()).toEqual(runs.slice(2).reverse())
  const long = ulid(1e12 + 100)
  logs.logger.child({ run: long }).info('-'.repeat(2700))
  await logs.flushed()
  logs.logger.child({ run: ulid(1e12 + 101) }).info('another')
  await logs.flushed()
  const files = (await logs.list()).filter(({ log }) => log !== 'app')
  expect(files.slice(1).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(3000)
  expect(files.slice(1)[0]?.log).toBe(long)
  await logs.close()
})

test('no token, key or picture is written, whoever logs it', async () => {
  const folder = await temporaryFolder()
  const bus = new EventBus()
  const told: ServerEvent[] = []
  bus.subscribe((event) => told.push(event))
  const logs = await Logs.open(folder, 'debug', bus)
  const token = 'kX9_token-of-the-host-41'
  logs.secrets.hide(token)
  const picture = Buffer.from('a picture of a board '.repeat(40))
  const logger = logs.logger.child({ inference: 'a', run: ulid(), token: 'child-secret' })
  logger.info(`GET /v1/projects/${token}`)
  logger.warn('a header', { authorization: 'Bearer abc.def', headers: { cookie: 'lineside-1=abc', host: 'x' } })
  logger.error('Bearer qwertz-12345 was refused', { url: 'https://user:hunter2@plc.example/x?api_key=hush&page=2' })
  logger.info(`a key in a path: /v1/keys/lineside_${'hushKey'.repeat(6)}-`)
  logger.info('a setup', { outputs: [{ name: 'Gate', secret: 'hushed-secret-of-a-webhook' }] })
  logger.debug('a body', { image: new Uint8Array(picture), text: picture.toString('base64') })
  logger.error('it failed', { error: new Error(`no access with token=hush2&x, ${token}`) })
  await logs.close()
  const written = readFileSync(join(folder, 'logs', 'lineside.log'), 'utf8')
  for (const text of [written, JSON.stringify(told), JSON.stringify(logs.of('a'))]) {
    for (const secret of [
      token,
      'child-secret',
      'abc',
      'qwertz',
      'hunter2',
      'hush',
      picture.toString('base64').slice(20, 60)
    ])
      expect(text).not.toContain(secret)
  }
  expect(written).toContain('page=2')
  expect(written).toContain('"host":"x"')
  expect(written).toContain('[840 bytes]')
})
