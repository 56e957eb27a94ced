import { fork } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { writeHostFile } from '../../../main/host/config/hostFile.ts'
import { DataFolderInUse, lockDataFolder } from '../../../main/host/database/lockDataFolder.ts'
import { temporaryFolder } from './helpers.ts'

async function holder(folder: string) {
  const child = fork(fileURLToPath(new URL('./lockHolder.ts', import.meta.url)), [folder], { execArgv: [] })
  await once(child, 'message')
  return child
}

test('a folder that another process holds is refused with where that one is; its death frees it', async () => {
  const folder = await temporaryFolder()
  const child = await holder(folder)
  await writeHostFile(folder, { url: 'http://127.0.0.1:8600', pid: 4711, token: 'secret' })
  const refused: unknown = await lockDataFolder(folder).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(DataFolderInUse)
  expect(refused).toMatchObject({ host: { url: 'http://127.0.0.1:8600', pid: 4711 } })
  expect(JSON.stringify(refused)).not.toContain('secret')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const release = await lockDataFolder(folder)
  await release()
})

test('two hosts of one process cannot hold one folder, but can hold two', async () => {
  const [one, two] = [await temporaryFolder(), await temporaryFolder()]
  const releaseOne = await lockDataFolder(one)
  await expect(lockDataFolder(one)).rejects.toThrow(DataFolderInUse)
  const releaseTwo = await lockDataFolder(two)
  await releaseOne()
  const again = await lockDataFolder(one)
  await again()
  await releaseTwo()
})

test('only the owner can read host.json', async () => {
  const folder = await temporaryFolder()
  const remove = await writeHostFile(folder, { url: 'http://127.0.0.1:1', pid: 1, token: 'secret' })
  if (process.platform !== 'win32') expect(statSync(`${folder}/host.json`).mode & 0o777).toBe(0o600)
  await remove()
})
