import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../main/contract/index.ts'
import { createHost } from '../../main/host/createHost.ts'
import { DataFolderInUse } from '../../main/host/database/lockDataFolder.ts'
import { Refusal } from '../../main/host/refusal.ts'
import { problemOf, sampleFolder, samplePictures, TestHost } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

const program = fileURLToPath(new URL('../../main/cli/lineside.ts', import.meta.url))

describe('a host', () => {
  let test: TestHost

  beforeAll(async () => {
    test = await TestHost.start()
  })
  afterAll(() => test.remove())

  it('writes where it is for its owner alone', async () => {
    const path = join(test.dataFolder, 'host.json')
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({
      url: test.host.url,
      pid: process.pid,
      token: test.host.token
    })
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('holds its data folder alone: a second one is told where the first is', async () => {
    const second = createHost({ dataFolder: test.dataFolder, port: 0 })
    const error = await second.catch((thrown: unknown) => thrown)
    if (!(error instanceof DataFolderInUse)) throw new Error(`not refused as it should be: ${String(error)}`)
    expect(error.code).toBe('CONFLICT')
    expect(error.message).toContain(test.host.url)
    expect(error.message).toContain(String(process.pid))
    expect((await fetch(`${test.host.url}/healthz`)).status).toBe(200)
  })

  it('lives beside another one in the same process', async () => {
    const other = await TestHost.start({ sampleFolder: null })
    expect(other.host.url).not.toBe(test.host.url)
    expect((await other.client.call(routes.listProjects, {})).items).toEqual([])
    expect(
      (await fetch(`${other.host.url}/v1/projects`, { headers: { authorization: `Bearer ${test.host.token}` } })).status
    ).toBe(401)
    await other.remove()
    expect((await fetch(`${test.host.url}/healthz`)).status).toBe(200)
  })

  it('refuses a taken port, takes no other, and leaves the folder free', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    const { port } = blocker.address() as AddressInfo
    const other = await TestHost.start({ sampleFolder: null })
    await other.stop()
    const error = await createHost({ dataFolder: other.dataFolder, port }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Refusal)
    expect(String(error)).toContain(String(port))
    blocker.close()
    await (await TestHost.start({ dataFolder: other.dataFolder, sampleFolder: null })).remove()
  })

  it('predicts on a full disk, says that nothing is recorded, and takes no more models', async () => {
    const first = await TestHost.start()
    const { slug } = await first.running('Disk full', { sampling: { random: { probability: 1 } } })
    await first.stop()
    const second = await TestHost.start({ dataFolder: first.dataFolder, leastFreeBytes: Number.MAX_SAFE_INTEGER })
    await second.untilStatus(slug, 'healthy')
    const [picture = ''] = await samplePictures()
    const answer = await second.client.send(
      routes.predict,
      { params: { slug } },
      new Uint8Array(await readFile(picture))
    )
    expect(answer.predictions.length).toBeGreaterThan(0)
    expect(answer.sample).toEqual({ id: null, error: { code: 'STORAGE_FULL' } })
    const form = new FormData()
    form.set('file', new Blob([await readFile(join(sampleFolder, 'bare-boards', 'bare-boards.onnx'))]))
    const refused = await second.fetch('/v1/models/inspect', { method: 'POST', body: form })
    expect(refused.status).toBe(507)
    expect((await problemOf(refused)).code).toBe('STORAGE_FULL')
    await second.remove()
  })

  it('takes host.json away when it stops, and brings up again what was up', async () => {
    const first = await TestHost.start()
    const { slug } = await first.running('Comes again')
    const { slug: stopped } = await first.running('Stays away')
    await first.client.call(routes.stopInference, { params: { slug: stopped } })
    await first.stop()
    await expect(stat(join(first.dataFolder, 'host.json'))).rejects.toThrow('ENOENT')
    const second = await TestHost.start({ dataFolder: first.dataFolder })
    await second.untilStatus(slug, 'healthy')
    expect((await second.client.call(routes.getInference, { params: { slug: stopped } })).status).toBe('stopped')
    await second.remove()
  })

  it('installs the sample projects whole, also where the first start was cut off', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'lineside-cut-'))
    const cut = spawn(process.execPath, [program, 'serve', '--data', dataFolder, '--port', '0'], { stdio: 'ignore' })
    const mark = join(dataFolder, 'installing-samples')
    await until('it installs a model', async () => {
      const models = await readdir(join(dataFolder, 'models')).catch(() => [])
      return existsSync(mark) && models.length > 0 ? true : undefined
    })
    cut.kill('SIGKILL')
    await once(cut, 'exit')
    const next = await TestHost.start({ dataFolder })
    const { items } = await next.client.call(routes.listProjects, {})
    const whole = items.map(({ models, inferences }) => ({ models, inferences }))
    expect(whole).toEqual([1, 1, 1, 1].map((one) => ({ models: one, inferences: one })))
    expect(existsSync(mark)).toBe(false)
    await next.remove()
  })
})
