import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

export interface Replayed {
  status: number
  headers: Map<string, string>
  body: Buffer
}

/**
 * Sends a recorded request over a socket as it is; only the recording's port in Host becomes the one of `url`, and the
 * connection is closed after it, so that the answer's end is told.
 */
export async function replay(file: URL, url: string): Promise<Replayed> {
  const { hostname, port } = new URL(url)
  const recorded = gunzipSync(await readFile(file))
  const end = recorded.indexOf('\r\n\r\n')
  const head = recorded
    .subarray(0, end)
    .toString('latin1')
    .replace(/^Host: .*$/m, `Host: ${hostname}:${port}`)
  const socket = connect({ host: hostname, port: Number(port) })
  socket.write(`${head}\r\nConnection: close\r\n\r\n`, 'latin1')
  socket.write(recorded.subarray(end + 4))
  return parsed(await buffer(socket))
}

function parsed(answer: Buffer): Replayed {
  const end = answer.indexOf('\r\n\r\n')
  const [first = '', ...lines] = answer.subarray(0, end).toString('latin1').split('\r\n')
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2)
  ])
  return {
    status: Number(first.split(' ')[1]),
    headers: new Map(headers.map(([name = '', value = '']) => [name, value])),
    body: answer.subarray(end + 4)
  }
}
