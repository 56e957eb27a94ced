/**
 * Keys and values of a pasted table: lines of two cells with a tab, or `key: value`, `key = value`, `key, value`.
 * Null where the text is not such a table, so that it can be pasted as it is.
 */
export function rowsOfTable(text: string): { key: string; value: string }[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim())
  const rows = lines.map((line) => /^([^\t:=,;]+?)\s*[\t:=,;]\s*(.*)$/.exec(line.trim()))
  if (rows.length === 0 || rows.some((row) => !row) || (rows.length === 1 && !text.includes('\t'))) return null
  return rows.map((row) => ({ key: row?.[1] ?? '', value: row?.[2] ?? '' }))
}
