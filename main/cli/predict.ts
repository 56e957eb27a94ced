import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { routes, type Inference } from '../contract/index.ts'
import { readHostFile } from '../host/config/hostFile.ts'
import { ApiClient } from './apiClient.ts'
import { CommandError, exitCodes, explain } from './failure.ts'
import { dataFolderOf, parseOptions } from './hostOptions.ts'
import { predictionTable, type Row } from './report.ts'

const options = {
  inference: { type: 'string' },
  data: { type: 'string' },
  url: { type: 'string' },
  json: { type: 'boolean', default: false }
} as const

/** Calls the running host as line software does. */
export async function predict(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions({ args, options, allowPositionals: true })
  if (values.inference === undefined || positionals.length === 0) {
    throw new CommandError('Give an inference by --inference, and at least one file.', exitCodes.notUnderstood)
  }
  const client = await clientFor(values.url, values.data)
  const inference = await findInference(client, values.inference)
  const rows = await predictFiles(client, inference.slug, positionals)
  if (values.json) for (const { file, answer } of rows) console.log(JSON.stringify({ file, ...answer }))
  else if (rows.length > 0) console.log(predictionTable(rows))
  return rows.length === positionals.length ? exitCodes.done : exitCodes.failed
}

/** Posts files one after the other; what fails is told and the others go on. */
export async function predictFiles(client: ApiClient, slug: string, files: readonly string[]): Promise<Row[]> {
  const rows: Row[] = []
  for (const file of files) {
    try {
      const answer = await client.send(routes.predict, { params: { slug } }, new Uint8Array(await readFile(file)))
      rows.push({ file: basename(file), answer })
    } catch (error) {
      console.error(`${file}: ${explain(error)}`)
    }
  }
  return rows
}

/** A host that is named by its url may want a key; in the environment it is seen by fewer than on the command line. */
async function clientFor(url: string | undefined, data: string | undefined): Promise<ApiClient> {
  if (url !== undefined) return new ApiClient(url.replace(/\/+$/, ''), process.env['LINESIDE_KEY'])
  const folder = dataFolderOf(data)
  const host = await readHostFile(folder)
  if (host) return new ApiClient(host.url, host.token)
  throw new CommandError(`No Lineside runs on the data folder ${folder}. Start it: lineside serve --data ${folder}`)
}

async function findInference(client: ApiClient, name: string): Promise<Inference> {
  const { items } = await client.call(routes.listInferences, {})
  const found = items.find(({ slug }) => slug === name) ?? items.find((one) => one.name === name)
  if (found) return found
  const known = items.map(({ slug }) => slug).join(', ')
  throw new CommandError(
    `There is no inference ${JSON.stringify(name)}. ${known ? `There are: ${known}.` : 'There is none yet.'}`
  )
}
