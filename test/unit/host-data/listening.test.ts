import { describe, expect, it } from 'vitest'
import { hostConfig } from '../../../main/host/config/config.ts'
import { isAcceptedHost, isLoopback, lineUrl, localUrl } from '../../../main/host/config/listening.ts'

function listening(listen: string, hosts: string[] = []) {
  return hostConfig.parse({ dataFolder: 'data', listen, hosts })
}

describe('where the host listens', () => {
  it('is beyond this machine for all but loopback', () => {
    for (const own of ['127.0.0.1', '127.0.0.2', '127.255.255.254', '::1', '::ffff:127.0.0.1']) {
      expect({ own, loopback: isLoopback(own) }).toEqual({ own, loopback: true })
    }
    for (const other of ['0.0.0.0', '192.168.1.5', '::', 'fe80::1', '128.0.0.1', '::ffff:10.0.0.1']) {
      expect({ other, loopback: isLoopback(other) }).toEqual({ other, loopback: false })
    }
  })

  it('is an address, not a name, and further hosts are names', () => {
    for (const listen of ['everywhere', 'localhost', '300.1.1.1', '', '10.0.0.0/8']) {
      expect(() => listening(listen)).toThrow()
    }
    for (const host of ['', 'a b', 'http://panel', 'panel/path', 'user@panel', 'panel:port', '*', '[::1']) {
      expect(() => listening('127.0.0.1', [host])).toThrow()
    }
  })

  it('is reached from this machine where it listens, or on loopback where that is everywhere', () => {
    expect(localUrl('127.0.0.1', 8600)).toBe('http://127.0.0.1:8600')
    expect(localUrl('0.0.0.0', 8600)).toBe('http://127.0.0.1:8600')
    expect(localUrl('::', 8600)).toBe('http://127.0.0.1:8600')
    expect(localUrl('::1', 8600)).toBe('http://[::1]:8600')
    expect(localUrl('192.168.1.5', 1)).toBe('http://192.168.1.5:1')
  })

  it('is told to the line by the first name that it was given', () => {
    const local = 'http://127.0.0.1:8600'
    expect(lineUrl(listening('0.0.0.0'), local)).toBe(local)
    expect(lineUrl(listening('0.0.0.0', ['panel-7', 'other']), local)).toBe('http://panel-7:8600')
    expect(lineUrl(listening('0.0.0.0', ['panel-7:9000']), local)).toBe('http://panel-7:9000')
  })
})

describe('a request’s Host', () => {
  it('is one of this machine’s names, the address that is listened on, or a given one', () => {
    const where = listening('192.168.1.5', ['Panel-7', 'mapped:9000', '[fe80::1]', 'front:80'])
    const accepted = [
      ...['127.0.0.1:8600', 'localhost:8600', '192.168.1.5:8600', 'panel-7:8600', 'mapped:9000'],
      ...['[fe80::1]:8600', 'front', 'front:80']
    ]
    for (const host of accepted) expect({ host, ok: isAcceptedHost(host, where, 8600) }).toEqual({ host, ok: true })
    const foreign = [
      ...['', 'panel-7', 'panel-7:9000', 'mapped:8600', 'mapped', 'evil.example:8600', 'panel-7.evil.example:8600'],
      ...['0.0.0.0:8600', '192.168.1.6:8600', 'front:8600', '127.0.0.1']
    ]
    for (const host of foreign) expect({ host, ok: isAcceptedHost(host, where, 8600) }).toEqual({ host, ok: false })
  })

  it('needs no port where that is 80, and everywhere is no name', () => {
    expect(isAcceptedHost('localhost', listening('127.0.0.1'), 80)).toBe(true)
    expect(isAcceptedHost('0.0.0.0:8600', listening('0.0.0.0'), 8600)).toBe(false)
    expect(isAcceptedHost('[::]:8600', listening('::'), 8600)).toBe(false)
  })
})
