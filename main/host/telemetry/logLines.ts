import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { logLevel, logLine, type LogQuery, type LogRecord } from '../../contract/index.ts'
import { systemCode } from '../../base/durableFile.ts'

const chunkBytes = 64 * 1024

export interface LogPage {
  items: LogRecord[]
  next: number | null
}

/** Lines of a log that lies in parts, the newest first. @param parts The oldest first; each may be missing. */
export async function readLogPage(parts: readonly string[], query: LogQuery): Promise<LogPage> {
  const items: LogRecord[] = []
  for await (const record of recordsBackwards(parts)) {
    if (!isWanted(record, query)) continue
    if (items.length === query.limit) return { items, next: items.at(-1)?.seq ?? null }
    items.push(record)
  }
  return { items, next: null }
}

/** A log's lines as they are, the oldest first; what is written meanwhile is left out. */
export function logContent(parts: readonly string[]): Readable {
  return Readable.from(content(parts), { objectMode: false })
}

async function* content(parts: readonly string[]): AsyncGenerator<Buffer> {
  // All are opened before the first is read, so that a rotation meanwhile loses and repeats nothing.
  const files = await openAll(parts)
  try {
    for (const { handle, size } of files) {
      for (let at = 0; at < size; at += chunkBytes) yield await piece(handle, at, Math.min(at + chunkBytes, size))
    }
  } finally {
    for (const { handle } of files) await handle.close()
  }
}

function isWanted({ seq, level, message }: LogRecord, query: LogQuery): boolean {
  if (query.after !== undefined && seq >= query.after) return false
  const { options } = logLevel
  if (options.indexOf(level) < options.indexOf(query.level)) return false
  return message.toLowerCase().includes(query.text.toLowerCase())
}

async function* recordsBackwards(parts: readonly string[]): AsyncGenerator<LogRecord> {
  const files = await openAll(parts)
  try {
    for (const { handle, size } of files.reverse()) {
      for await (const line of linesBackwards(handle, size)) {
        const record = recordOf(line)
        if (record) yield record
      }
    }
  } finally {
    for (const { handle } of files) await handle.close()
  }
}

/** Cut at bytes and not at characters, since a piece may begin within one. */
async function* linesBackwards(handle: FileHandle, size: number): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for (let end = size; end > 0; end -= chunkBytes) {
    const bytes = Buffer.concat([await piece(handle, Math.max(0, end - chunkBytes), end), rest])
    const cut = end > chunkBytes ? bytes.indexOf('\n') + 1 : 0
    rest = bytes.subarray(0, cut)
    yield* bytes.subarray(cut).toString().trimEnd().split('\n').reverse()
  }
}

async function piece(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(to - from)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
  return buffer.subarray(0, bytesRead)
}

async function openAll(parts: readonly string[]): Promise<{ handle: FileHandle; size: number }[]> {
  const files: { handle: FileHandle; size: number }[] = []
  for (const path of parts) {
    const handle = await openIfThere(path)
    if (handle) files.push({ handle, size: (await handle.stat()).size })
  }
  return files
}

async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

/** Null for what is no line of ours, such as one that was cut off by a crash, or that an older version wrote. */
function recordOf(line: string): LogRecord | null {
  try {
    return logLine.parse(JSON.parse(line))
  } catch {
    return null
  }
}
