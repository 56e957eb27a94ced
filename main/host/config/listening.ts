import { BlockList, isIPv6 } from 'node:net'

/** Where the host listens, and the names by which it may be called there (F23). */
interface Listening {
  listen: string
  hosts: readonly string[]
}

/** A host's name or address, and a port where it is another than the one listened on. */
const hostPattern = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Whether only this machine reaches an address. */
export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Whether a text can be given as a further accepted host. */
export function isHost(text: string): boolean {
  return hostPattern.test(text)
}

/** The host's address for this machine. */
export function localUrl(listen: string, port: number): string {
  return `http://${isEvery(listen) ? '127.0.0.1' : inUrl(listen)}:${port}`
}

/** The host's address for the line: by the first name that was given to it, else as `local`. */
export function lineUrl({ hosts: [name] }: Listening, local: string): string {
  return name === undefined ? local : `http://${withPort(name, Number(new URL(local).port))}`
}

/** Whether a request's `Host` names this server. @param port Where the request came in. */
export function isAcceptedHost(given: string, { listen, hosts }: Listening, port: number): boolean {
  const own = ['127.0.0.1', 'localhost', ...(isEvery(listen) ? [] : [inUrl(listen)])]
  return [...own, ...hosts].some((name) => {
    const accepted = withPort(name, port).toLowerCase()
    return given === accepted || `${given}:80` === accepted
  })
}

function withPort(name: string, port: number): string {
  return hostPattern.exec(name)?.[2] === undefined ? `${name}:${port}` : name
}

function isEvery(address: string): boolean {
  return address === '0.0.0.0' || /^[0:]+$/.test(address)
}

function inUrl(address: string): string {
  return isIPv6(address) ? `[${address}]` : address
}
