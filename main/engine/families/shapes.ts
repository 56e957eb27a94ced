/** An axis' length where it is fixed in the file. */
export function fixedLength(axis: number | string | null | undefined): number | undefined {
  return typeof axis === 'number' && axis > 0 ? axis : undefined
}
