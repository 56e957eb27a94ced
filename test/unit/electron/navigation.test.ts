import { describe, expect, test } from 'vitest'
import { destinationOf, destinationOfPopup, isOwn } from '../../../main/electron/navigation.ts'

const origin = 'http://127.0.0.1:8600'

describe('the host’s own address', () => {
  test.each([
    ['http://127.0.0.1:8600/projects/1?x=2#y', true],
    ['http://127.0.0.1:8601/', false],
    ['http://127.0.0.1/', false],
    ['https://127.0.0.1:8600/', false],
    ['http://localhost:8600/', false],
    ['http://127.0.0.1:8600@example.org/', false],
    ['http://127.0.0.1:8600.example.org/', false],
    ['blob:http://127.0.0.1:8600/0a1b', false],
    ['data:text/html,hello', false],
    ['null', false],
    ['', false]
  ])('%s: %s', (url, own) => {
    expect(isOwn(url, origin)).toBe(own)
  })

  test('no origin is never own', () => {
    expect(isOwn('data:text/html,hello', 'null')).toBe(false)
  })
})

test.each([
  ['http://127.0.0.1:8600/docs', 'window', 'browser'],
  ['https://onnx.ai/', 'browser', 'browser'],
  ['https://user:secret@onnx.ai/', 'nowhere', 'nowhere'],
  ['http://onnx.ai/', 'nowhere', 'nowhere'],
  ['http://127.0.0.1:9000/', 'nowhere', 'nowhere'],
  ['file:///etc/passwd', 'nowhere', 'nowhere'],
  ['javascript:alert(1)', 'nowhere', 'nowhere'],
  ['ms-msdt:/id', 'nowhere', 'nowhere'],
  ['\\\\server\\share\\program.exe', 'nowhere', 'nowhere'],
  ['about:blank', 'nowhere', 'nowhere']
])('%s: in the window %s, as a new one %s', (url, navigation, popup) => {
  expect(destinationOf(url, origin)).toBe(navigation)
  expect(destinationOfPopup(url, origin)).toBe(popup)
})
