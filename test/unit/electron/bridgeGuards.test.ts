import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInside, pathToShow } from '../../../main/electron/bridgeGuards.ts'
import { isPermitted } from '../../../main/electron/permissions.ts'

const origin = 'http://127.0.0.1:8600'
const data = join(import.meta.dirname, 'data')
const image = join(data, 'imports', 'a.png')

test('the own window may have a file of the data folder shown', () => {
  expect(pathToShow(image, origin, origin, data)).toBe(image)
  expect(pathToShow(data, origin, origin, data)).toBe(data)
})

test.each([null, 'null', 'http://127.0.0.1:8601', 'https://example.org'])('a page of %s may not', (sender) => {
  expect(() => pathToShow(image, sender, origin, data)).toThrow('Only the window')
})

test.each([undefined, 7, '', {}, ['/'], 'x'.repeat(5000)])('%j is no path', (request) => {
  expect(() => pathToShow(request, origin, origin, data)).toThrow()
})

test.each([
  join(data, '..'),
  join(data, '..', 'data-of-others', 'a.png'),
  `${data}/../../a.png`,
  'imports/a.png',
  join(data, '..', '..data')
])('%s is outside', (path) => {
  expect(isInside(data, path)).toBe(false)
  expect(() => pathToShow(path, origin, origin, data)).toThrow('does not lie in the data folder')
})

test('a name that begins with two dots is inside', () => {
  expect(isInside(data, join(data, '..hidden', 'a.png'))).toBe(true)
})

test('the window may write to the clipboard, and nobody anything else', () => {
  expect(isPermitted('clipboard-sanitized-write', `${origin}/inferences/a`, origin)).toBe(true)
  expect(isPermitted('clipboard-sanitized-write', 'https://example.org/', origin)).toBe(false)
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'notifications', 'serial']) {
    expect(isPermitted(permission, `${origin}/`, origin)).toBe(false)
  }
})
