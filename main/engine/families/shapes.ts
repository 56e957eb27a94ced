/** An axis' length where it is fixed in the file. */
export function fixedLength(axis: number | string | null | undefined): number | undefined {
  return typeof axis === 'number' && axis > 0 ? axis : undefined
}

/** `output0 [1, 3, 8, 8] and output1 [1, 4]`, for messages. */
export function outputWords(outputs: readonly { name: string; dims: readonly number[] }[]): string {
  return outputs.map(({ name, dims }) => `${name} [${dims.join(', ')}]`).join(' and ')
}
