import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveConfig } from '../../../main/host/config/resolveConfig.ts'
import { temporaryFolder } from './helpers.ts'

async function folderWith(settings: unknown): Promise<string> {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lineside.json'), typeof settings === 'string' ? settings : JSON.stringify(settings))
  return folder
}

test('a flag is stronger than the environment, that than the file, that than the defaults', async () => {
  const dataFolder = await folderWith({ port: 1, leastFreeBytes: 1, stopDeadlineMs: 1, windowFolder: null })
  const config = await resolveConfig({
    defaults: { dataFolder: 'elsewhere', pixelLimit: 7, stopDeadlineMs: 9, windowFolder: 'window' },
    environment: {
      ...{ LINESIDE_DATA: dataFolder, LINESIDE_PORT: '2', LINESIDE_LEAST_FREE_BYTES: '2', PATH: '/bin' },
      ...{ LINESIDE_LISTEN: '0.0.0.0', LINESIDE_HOSTS: 'panel-7, panel-8:80', LINESIDE_REQUIRE_KEYS: 'true' }
    },
    flags: { port: 3, leastFreeBytes: undefined }
  })
  expect(config).toEqual({
    dataFolder,
    port: 3,
    listen: '0.0.0.0',
    hosts: ['panel-7', 'panel-8:80'],
    requireKeys: true,
    leastFreeBytes: 2,
    stopDeadlineMs: 1,
    pixelLimit: 7,
    windowFolder: null,
    sampleFolder: null,
    bodyLimitBytes: 64 * 1024 * 1024,
    modelLimitBytes: 4 * 1024 ** 3,
    logLevel: 'info'
  })
  expect(Object.isFrozen(config)).toBe(true)
})

test.each([
  [{}, { LINESIDE_PORT: 'eighty' }, /port.*the environment/],
  [{}, { LINESIDE_REQUIRE_KEYS: 'perhaps' }, /requireKeys = "perhaps"/],
  [{}, { LINESIDE_LISTEN: 'anywhere' }, /listen = "anywhere"/],
  [{}, { LINESIDE_HOSTS: 'http://a' }, /hosts/],
  [{}, { LINESIDE_LOG_LEVEL: 'loud' }, /logLevel = "loud" \(the environment\)/],
  [{ port: -1 }, {}, /port = -1 \(.*lineside\.json\)/],
  [{ prot: 80 }, {}, /lineside\.json.*prot/],
  [{ dataFolder: 'x' }, {}, /lineside\.json.*dataFolder/],
  ['{', {}, /lineside\.json is not a JSON object/],
  ['[1]', {}, /lineside\.json is not a JSON object/]
])('the file %j and the environment %j are refused, and the message says where', async (file, environment, wanted) => {
  const dataFolder = await folderWith(file)
  const attempt = resolveConfig({ defaults: { dataFolder }, environment, flags: {} })
  await expect(attempt).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
  await expect(attempt).rejects.toThrow(wanted)
})
