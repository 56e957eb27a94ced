import { fileURLToPath } from 'node:url'

/** The path of one of the tiny models in `test/fixtures/models`. */
export function tinyModel(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/models/${name}.onnx`, import.meta.url))
}

/** The path of a sample project's model. */
export function sampleModel(name: 'bare-boards' | 'board-check'): string {
  return fileURLToPath(new URL(`../../../resources/sample/${name}/${name}.onnx`, import.meta.url))
}
