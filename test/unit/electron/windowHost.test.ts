import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWindowHost, type WindowHost } from '../../../main/electron/windowHost.ts'

let dataFolder: string

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'lineside-shell-'))
})

afterEach(() => rm(dataFolder, { recursive: true, force: true }))

/** What the host answers to its window, which carries the shell's cookie. */
async function projectsStatus({ origin, cookie }: WindowHost): Promise<number> {
  const { status } = await fetch(`${origin}/v1/projects`, { headers: { cookie: `${cookie.name}=${cookie.value}` } })
  return status
}

test('the shell’s cookie opens the API of its own host', async () => {
  const own = await openWindowHost({ dataFolder, port: 0 })
  try {
    expect(await projectsStatus(own)).toBe(200)
    expect(await projectsStatus({ ...own, cookie: { ...own.cookie, value: 'guessed' } })).toBe(401)
  } finally {
    await own.stop()
  }
  await expect(projectsStatus(own)).rejects.toThrow()
})

test('a host that holds the data folder already is shown and left running', async () => {
  const first = await openWindowHost({ dataFolder, port: 0 })
  try {
    const second = await openWindowHost({ dataFolder, port: 0 })
    expect(second.origin).toBe(first.origin)
    expect(second.cookie).not.toEqual(first.cookie)
    expect(await projectsStatus(second)).toBe(200)
    await second.stop()
    expect(await projectsStatus(first)).toBe(200)
  } finally {
    await first.stop()
  }
})
