import { serverEvent, type ServerEvent } from '../../main/contract/index.ts'

export interface EventReader {
  /** All so far, each checked against the contract. */
  readonly events: ServerEvent[]
  /** Resolves with the first event, past or coming, that is so. */
  until(isSo: (event: ServerEvent) => boolean): Promise<ServerEvent>
  /** Why there are no more. */
  readonly ended: Promise<string>
}

/** Reads server-sent events as they come. */
export async function readEvents(response: Response): Promise<EventReader> {
  if (!response.body) throw new Error(`no event stream: ${response.status}`)
  const events: ServerEvent[] = []
  const waiting = new Set<() => void>()
  const take = (event: ServerEvent) => {
    events.push(event)
    for (const look of waiting) look()
  }
  const until = (isSo: (event: ServerEvent) => boolean) =>
    new Promise<ServerEvent>((resolve) => {
      const look = () => {
        const found = events.find(isSo)
        if (!found) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
    })
  return { events, until, ended: pump(response.body, take) }
}

async function pump(body: ReadableStream<Uint8Array>, take: (event: ServerEvent) => void): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const part of body) {
      const frames = (text + decoder.decode(part, { stream: true })).split('\n\n')
      text = frames.pop() ?? ''
      for (const frame of frames) if (frame.startsWith('data: ')) take(serverEvent.parse(JSON.parse(frame.slice(6))))
    }
    return 'closed by the host'
  } catch (error) {
    return String(error)
  }
}
