import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { routes, type Inference } from '../contract/index.ts'
import { createHost } from '../host/createHost.ts'
import { ApiClient } from './apiClient.ts'
import { CommandError, exitCodes } from './failure.ts'
import { shippedFolders } from '../host/config/places.ts'
import { parseOptions } from './hostOptions.ts'
import { predictFiles } from './predict.ts'
import { predictionTable } from './report.ts'

const options = { data: { type: 'string' } } as const

/** Starting an engine and warming its model up takes a second or two; a slow machine may take its time. */
const healthyWithinMs = 120_000

/** The main job, once, over HTTP as line software does it. */
export async function demo(args: string[]): Promise<number> {
  const { values } = parseOptions({ args, options })
  const dataFolder = values.data === undefined ? await mkdtemp(join(tmpdir(), 'lineside-demo-')) : resolve(values.data)
  const host = await createHost({ ...shippedFolders(), windowFolder: null, dataFolder, port: 0, logLevel: 'error' })
  try {
    return await show(new ApiClient(host.url, host.token))
  } finally {
    await host.stop()
  }
}

async function show(client: ApiClient): Promise<number> {
  const { inference, pictures } = await sampleProject(client)
  const { slug } = inference
  console.log(`Starting “${inference.name}” with the model ${inference.model.name} …`)
  await client.call(routes.startInference, { params: { slug } })
  await untilHealthy(client, slug)
  console.log(`Posting ${pictures.length} pictures to ${inference.endpoint}\n`)
  const rows = await predictFiles(client, slug, pictures)
  console.log(predictionTable(rows))
  console.log(`\n${await recordedWhere(client, inference)}`)
  return rows.length === pictures.length ? exitCodes.done : exitCodes.failed
}

/** The detector's inference and the pictures that ship with it. */
async function sampleProject(client: ApiClient): Promise<{ inference: Inference; pictures: string[] }> {
  const { sampleProject: project } = await client.call(routes.settings, {})
  const { items } = await client.call(routes.listInferences, { query: { project: project ?? undefined } })
  const inference = project === null ? undefined : items[0]
  if (!inference) throw new CommandError('The data folder holds no sample project. Run the demo without --data.')
  return { inference, pictures: await samplePictures() }
}

async function samplePictures(): Promise<string[]> {
  const { sampleFolder } = shippedFolders()
  if (!sampleFolder) throw new CommandError('The sample projects are missing from this installation.')
  const folder = join(sampleFolder, 'bare-boards', 'pictures')
  const names = (await readdir(folder)).filter((name) => /\.(png|jpe?g|webp|bmp|tiff?)$/i.test(name))
  return names.sort().map((name) => join(folder, name))
}

async function untilHealthy(client: ApiClient, slug: string): Promise<void> {
  const until = Date.now() + healthyWithinMs
  for (;;) {
    const { status, reason } = await client.call(routes.getInference, { params: { slug } })
    if (status === 'healthy') return
    if (status === 'failed' || Date.now() > until)
      throw new CommandError(`The inference is ${status}: ${reason ?? 'no reason given'}`)
    await delay(100)
  }
}

async function recordedWhere(client: ApiClient, { project }: Inference): Promise<string> {
  const { items } = await client.call(routes.listImports, { query: { project: project.id } })
  const [newest] = items
  return newest ? `Recorded ${newest.samples} samples in ${newest.folder}` : 'Nothing was recorded.'
}
