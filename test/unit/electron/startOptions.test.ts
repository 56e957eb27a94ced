import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { startOptions } from '../../../main/electron/startOptions.ts'

const folder = (name: string) => resolve('/', name)

test('a flag wins over the environment, and that over the default', () => {
  const environment = { LINESIDE_DATA: folder('env'), LINESIDE_PORT: '9000' }
  expect(startOptions(['.', '--data', folder('flag'), '--port=0'], environment, folder('default'))).toEqual({
    dataFolder: folder('flag'),
    port: 0
  })
  expect(startOptions(['.'], environment, folder('default'))).toEqual({ dataFolder: folder('env'), port: 9000 })
  expect(startOptions([], {}, folder('default'))).toEqual({ dataFolder: folder('default') })
})

test('switches of Electron’s own are passed over', () => {
  const args = ['--inspect=0', '--no-sandbox', '--remote-debugging-port=0', '.']
  expect(startOptions(args, {}, folder('default'))).toEqual({ dataFolder: folder('default') })
})
