import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { defaultDataFolder } from '../../main/host/config/places.ts'
import { nodeProblem } from '../../main/cli/nodeVersion.ts'
import { routes } from '../../main/contract/index.ts'
import { samplePictures } from '../helpers/testHost.ts'
import { until } from '../helpers/until.ts'

const entry = fileURLToPath(new URL('../../main/cli/lineside.ts', import.meta.url))
const announcement = z.object({ url: z.string(), pid: z.number(), token: z.string(), openUrl: z.string() })

function lineside(...args: string[]): ChildProcess {
  return spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function run(...args: string[]) {
  const child = lineside(...args)
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const [out, err, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exit])
  return { out, err, code }
}

function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream ? text(stream) : Promise.resolve('')
}

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lineside-cli-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('lineside serve', () => {
  let dataFolder: string
  let child: ChildProcess
  let lines: string[]
  let host: z.infer<typeof announcement>

  beforeAll(async () => {
    dataFolder = join(folder, 'served')
    child = lineside('serve', '--data', dataFolder, '--port', '0', '--json')
    lines = []
    if (child.stdout) createInterface(child.stdout).on('line', (line) => lines.push(line))
    const line = await until('the host says where it is', async () => lines[0])
    host = announcement.parse(JSON.parse(line))
  })
  afterAll(() => void child.kill('SIGKILL'))

  it('prints one line of JSON once it is ready, and writes the same to host.json', async () => {
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200)
    expect(host.pid).toBe(child.pid)
    expect(host.openUrl).toBe(`${host.url}/?token=${host.token}`)
    const { url, pid, token } = host
    expect(JSON.parse(await readFile(join(dataFolder, 'host.json'), 'utf8'))).toEqual({ url, pid, token })
  })

  it('refuses a second host on the folder with a code of its own, saying where the first is', async () => {
    const human = await run('serve', '--data', dataFolder, '--port', '0')
    expect(human).toMatchObject({ code: 3, out: '' })
    expect(human.err).toContain(host.url)
    expect(human.err).toContain(String(host.pid))
    const machine = await run('serve', '--data', dataFolder, '--port', '0', '--json')
    expect(machine.code).toBe(3)
    expect(JSON.parse(machine.out)).toMatchObject({ alreadyRunning: true, url: host.url, pid: host.pid })
  })

  it('refuses a taken port', async () => {
    const { code, err } = await run('serve', '--data', join(folder, 'other'), '--port', new URL(host.url).port)
    expect(code).toBe(1)
    expect(err).toMatch(/^Port \d+ is taken/)
  })

  it('listens beyond this machine only with keys', async () => {
    const { code, err } = await run('serve', '--data', join(folder, 'open'), '--port', '0', '--listen', '0.0.0.0')
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('--require-keys') })
    const wrong = await run('serve', '--data', join(folder, 'open'), '--host', 'http://panel')
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('hosts') })
  })

  it('is what lineside predict calls, whether it asks for keys or not', async () => {
    const client = new ApiClient(host.url, host.token)
    const { sampleProject } = await client.call(routes.settings, {})
    const { items } = await client.call(routes.listInferences, { query: { project: sampleProject ?? undefined } })
    const { slug = '', name = '' } = items[0] ?? {}
    const [file = '', other = ''] = await samplePictures()
    const stopped = await run('predict', '--data', dataFolder, '--inference', slug, file)
    expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining('INFERENCE_NOT_RUNNING') })
    await client.call(routes.startInference, { params: { slug } })
    await until('healthy', async () => {
      const { status } = await client.call(routes.getInference, { params: { slug } })
      return status === 'healthy' ? status : undefined
    })
    await client.call(routes.changeSettings, { body: { requireKeys: true } })
    const table = await run('predict', '--data', dataFolder, '--inference', name, file, other)
    expect(table.code).toBe(0)
    expect(table.out).toMatch(/^file +class +confidence/)
    const keyless = await run('predict', '--url', host.url, '--inference', slug, file)
    expect(keyless).toMatchObject({ code: 1, err: expect.stringContaining('UNAUTHENTICATED') })
    await client.call(routes.changeSettings, { body: { requireKeys: false } })
    const json = await run('predict', '--url', host.url, '--inference', slug, '--json', file)
    expect(JSON.parse(json.out).predictions.length).toBeGreaterThan(0)
    const unknown = await run('predict', '--data', dataFolder, '--inference', 'nobody', file)
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining(slug) })
  })

  it('stops in an orderly way when it is told to, having said one line in all', async () => {
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve))
    // Twice, as where a terminal and a wrapper both pass it on.
    child.kill('SIGTERM')
    child.kill('SIGINT')
    expect(await exit).toBe(0)
    expect(lines).toHaveLength(1)
    await expect(stat(join(dataFolder, 'host.json'))).rejects.toThrow('ENOENT')
    const { code, err } = await run('predict', '--data', dataFolder, '--inference', 'any', entry)
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('lineside serve') })
  })
})

describe('lineside demo', () => {
  it('prints what was predicted and where the samples lie, and leaves them there', async () => {
    const { code, out, err } = await run('demo', '--data', join(folder, 'demo'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const pictures = await samplePictures()
    for (const picture of pictures) expect(out).toContain(picture.slice(picture.lastIndexOf('/') + 1))
    const [, count, samples = ''] = /Recorded (\d+) samples in (.+)$/m.exec(out) ?? []
    expect(Number(count)).toBe(pictures.length)
    const files = await readdir(samples, { recursive: true })
    expect(files.filter((name) => /\.(png|jpg)$/.test(name))).toHaveLength(pictures.length)
  })
})

describe('lineside', () => {
  it('says what it can, and what it does not understand', async () => {
    expect((await run('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
    const help = await run('--help')
    for (const command of ['serve', 'demo', 'predict']) expect(help.out).toContain(`lineside ${command}`)
    expect(await run('fly')).toMatchObject({ code: 2, err: expect.stringContaining('fly') })
    expect(await run('serve', '--prot', '1')).toMatchObject({ code: 2, err: expect.stringContaining('--prot') })
    expect(await run('serve', '--port', '70000')).toMatchObject({ code: 2, err: expect.stringContaining('70000') })
  })

  it('knows which Node it needs', () => {
    for (const version of ['22.18.0', '22.19.1', '24.0.0']) expect(nodeProblem(version)).toBeNull()
    for (const version of ['18.0.0', '20.20.2', '22.17.9']) expect(nodeProblem(version)).toContain(version)
  })

  it('keeps its data where each platform wants them', () => {
    expect(defaultDataFolder({}, 'linux', '/home/a')).toBe(join('/home/a', '.local', 'share', 'lineside'))
    expect(defaultDataFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/a')).toBe(join('/data', 'lineside'))
    expect(defaultDataFolder({}, 'darwin', '/Users/a')).toBe(
      join('/Users/a', 'Library', 'Application Support', 'Lineside')
    )
    expect(defaultDataFolder({ LOCALAPPDATA: 'C' }, 'win32', 'U')).toBe(join('C', 'Lineside'))
  })
})
