/** A page of a list; `next` is the key for the following one, null at the end. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** The page of rows that were read with one more than `limit`: the one too many says that there are more. */
export function pageOf<T extends { id: string }>(rows: T[], limit: number): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? last.id : null }
}
