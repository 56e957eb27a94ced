import { connect } from 'node:net'

/** What is hardly HTTP, or two requests that pretend to be one; each may be answered below 500 or cut off. */
const messages: string[] = [
  '\r\n\r\n',
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'GET  /  HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET http://foreign.example/v1/inferences HTTP/1.1\r\nHost: foreign.example\r\n\r\n',
  'GET /../../../etc/passwd HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET /assets/..%2f..%2f..%2fpackage.json HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET /docs/static/..%2f..%2fpackage.json HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET /\0 HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET * HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'CONNECT foreign.example:443 HTTP/1.1\r\nHost: foreign.example:443\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: HOST\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n',
  `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: HOST\r\n${'X-A: b\r\n'.repeat(3000)}\r\n`,
  'GET / HTTP/1.1\r\nHost: HOST\r\n X-Folded: a\r\n\tb\r\n\r\n',
  'POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n',
  'POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999999999999\r\n\r\n',
  'POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG',
  'POST /v1/projects HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
  'POST /v1/inferences/pictures/predict HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
  'POST /v1/inferences/pictures/predict HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx',
  'POST /v1/inferences/pictures/predict HTTP/1.1\r\nHost: HOST\r\nContent-Length: 60000000\r\n\r\nshort',
  'POST /v1/inferences/pictures/predict HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"im',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'
]

/** Sends each message and hangs up after a moment of silence. @returns what was answered with a 5xx */
export async function brokenHttp(url: string): Promise<string[]> {
  const { host, port } = new URL(url)
  const wrong: string[] = []
  for (const message of messages) {
    const heard = await say(Number(port), message.replaceAll('HOST', host))
    if (/^HTTP\/1\.1 5/m.test(heard)) wrong.push(`${message.slice(0, 80)}: ${heard.slice(0, 80)}`)
    if (/root:|"name": "lineside"/.test(heard)) wrong.push(`${message.slice(0, 80)}: a file from outside was answered`)
  }
  return wrong
}

const silenceMs = 300

function say(port: number, message: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(message, 'latin1'))
    socket.setEncoding('latin1').on('data', (part: string) => (heard += part))
    socket.setTimeout(silenceMs, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}
