import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shippedFolders } from '../../main/host/config/places.ts'
import { createHost } from '../../main/host/createHost.ts'

/** Names the prepared data folder to the processes of the tests. */
const variable = 'LINESIDE_PREPARED_STORE'

/**
 * Before all tests one host installs the sample projects, which takes seconds, and every later test begins with a copy
 * of what it left.
 * @returns the teardown
 */
export async function prepareStore(): Promise<() => Promise<void>> {
  const prepared = await mkdtemp(join(tmpdir(), 'lineside-prepared-'))
  const host = await createHost({ ...shippedFolders(), dataFolder: prepared, port: 0, leastFreeBytes: 0 })
  await host.stop()
  // A test reads in its logs what its own hosts did.
  await rm(join(prepared, 'logs'), { recursive: true })
  process.env[variable] = prepared
  return () => rm(prepared, { recursive: true, force: true })
}

/** A new data folder as the first start leaves it; an empty one where no store is prepared. */
export async function sampleStore(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  const prepared = process.env[variable]
  if (prepared) await cp(prepared, folder, { recursive: true })
  return folder
}
