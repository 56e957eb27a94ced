/** A metadata row as it is typed; `key` and `value` may still be empty or repeated. */
export interface MetadataRow {
  id: number
  key: string
  value: string
}

/** The rows of stored metadata. */
export const metadataRowsOf = (metadata: Record<string, string>): MetadataRow[] =>
  Object.entries(metadata).map(([key, value], id) => ({ id, key, value }))

/** The metadata of rows; of a repeated key the last one. */
export const metadataOf = (rows: readonly MetadataRow[]): Record<string, string> =>
  Object.fromEntries(filledRows(rows).map((row) => [row.key.trim(), row.value]))

/** Rows in which anything was typed. */
export const filledRows = (rows: readonly MetadataRow[]) => rows.filter((row) => row.key.trim() || row.value.trim())

/** What is wrong with a row, by its id. */
export function metadataProblems(rows: readonly MetadataRow[]): Map<number, 'noKey' | 'repeated'> {
  const repeated = repeatedKeys(rows)
  const problems = new Map<number, 'noKey' | 'repeated'>()
  for (const { id, key } of filledRows(rows)) {
    if (!key.trim()) problems.set(id, 'noKey')
    else if (repeated.has(key.trim())) problems.set(id, 'repeated')
  }
  return problems
}

/** Keys that stand in more than one row. */
export function repeatedKeys(rows: readonly MetadataRow[]): Set<string> {
  const keys = filledRows(rows).map((row) => row.key.trim())
  return new Set(keys.filter((key, index) => keys.indexOf(key) !== index))
}
