import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspection, routes, type Model, type ModelSpec } from '../../main/contract/index.ts'
import { sampleFolder, type TestHost } from './testHost.ts'

/** A host with its sample project, whichever process it is in. */
type SampleHost = Pick<TestHost, 'client' | 'fetch' | 'detector'>

/** Adds the sample detector once more to its project, as another file: what it says of itself is longer. */
export async function addBoardModel(test: SampleHost, changes: Partial<ModelSpec> & { name: string }): Promise<Model> {
  const { project, model } = await test.detector()
  const { items } = await test.client.call(routes.listModels, { params: { id: project.id } })
  const spec = items.find(({ id }) => id === model.id)?.spec
  if (!spec) throw new Error('the project has no model')
  const file = await readFile(join(sampleFolder, 'bare-boards', 'bare-boards.onnx'))
  const form = new FormData()
  form.set('file', new Blob([file, docString(changes.name)]), 'board.onnx')
  const inspected = await test.fetch('/v1/models/inspect', { method: 'POST', body: form })
  const { uploadId } = inspection.parse(await inspected.json())
  return test.client.call(routes.createModel, {
    params: { id: project.id },
    body: { uploadId, spec: { ...spec, ...changes } }
  })
}

/** ModelProto's field 6, a text; of fields that come twice the last one counts. */
function docString(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text.slice(0, 100))
  return Uint8Array.from([(6 << 3) | 2, bytes.length, ...bytes])
}
