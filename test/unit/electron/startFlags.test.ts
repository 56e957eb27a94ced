import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startFlags } from '../../../main/electron/startFlags.ts'

test('data folder and port are read, the folder from where one stands', () => {
  expect(startFlags(['.', '--data', 'here', '--port=0'])).toEqual({ dataFolder: resolve('here'), port: 0 })
})

test('switches of Electron’s own are passed over', () => {
  const args = ['--inspect=0', '--no-sandbox', '--remote-debugging-port=0', '.']
  expect(startFlags(args)).toEqual({ dataFolder: undefined, port: undefined })
})
