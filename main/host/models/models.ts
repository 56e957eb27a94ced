import type { Readable } from 'node:stream'
import type { Inspection, Model, ModelSpec } from '../../contract/index.ts'

/** F2, F3: model files by content (`models/<sha256>.onnx`) and their specs. */
export declare class Models {
  list(project: string): Promise<Model[]>
  get(id: string): Promise<Model>
  /** Streams an upload to disk, reads it in a process of its own, proposes a spec. */
  inspect(file: Readable, fileName: string): Promise<Inspection>
  /** Takes an inspected upload into a project. */
  create(project: string, uploadId: string, spec: ModelSpec): Promise<Model>
  remove(id: string): Promise<void>
  /** Where the model's file lies. */
  path(model: Model): string
}
