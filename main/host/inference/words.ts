/** Bytes as a person reads them: `1.4 GB`, `320 MB`. */
export function bytesInWords(bytes: number): string {
  const megabytes = bytes / 1e6
  if (!Number.isFinite(megabytes)) return 'any amount'
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`
}
