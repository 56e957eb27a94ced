/** ISO 8601 with milliseconds and the local offset, such as `2026-11-24T06:42:17.204+01:00`. */
export function isoTimestamp(date: Date = new Date()): string {
  const minutes = -date.getTimezoneOffset()
  const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1)
  const two = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const offset = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`
}

/** `<YYYY-MM-DD HH-mm-ss>` in local time, for folder names. */
export function folderTimestamp(date: Date): string {
  return isoTimestamp(date).slice(0, 19).replace('T', ' ').replaceAll(':', '-')
}
