import { app, type BrowserWindow, dialog, session } from 'electron'
import { resolve } from 'node:path'
import { packageRoot } from '../base/packageRoot.ts'
import { defaultDataFolder, shippedFolders } from '../host/config/places.ts'
import { resolveConfig } from '../host/config/resolveConfig.ts'
import { serveBridge } from './bridge.ts'
import { guardPages, guardSession } from './guards.ts'
import { startFlags } from './startFlags.ts'
import { bringToFront, openWindow } from './window.ts'
import { openWindowHost, type WindowHost } from './windowHost.ts'

const root = packageRoot(import.meta.url)

app.enableSandbox()
// A second start shows the first one's window.
if (app.requestSingleInstanceLock()) void run().catch(giveUp)
else app.quit()

async function run(): Promise<void> {
  await app.whenReady()
  const config = await resolveConfig({
    defaults: { dataFolder: defaultDataFolder(process.env), ...shippedFolders() },
    environment: process.env,
    flags: startFlags(process.argv.slice(1))
  })
  const host = await openWindowHost(config)
  stopBeforeQuit(host)
  await handOverSession(host)
  guardSession(session.defaultSession, host.origin)
  guardPages(app, host.origin)
  serveBridge(host.origin, resolve(config.dataFolder))
  keepOneWindow(await openWindow(host.origin, root))
}

/** Gives the window its session. The cookie has no date, so it ends with the application. */
async function handOverSession({ origin, cookie }: WindowHost): Promise<void> {
  await session.defaultSession.cookies.set({ url: origin, ...cookie, path: '/', httpOnly: true, sameSite: 'strict' })
}

function keepOneWindow(window: BrowserWindow): void {
  app.on('second-instance', () => {
    bringToFront(window)
  })
  app.on('window-all-closed', () => {
    app.quit()
  })
}

/** Lets the host answer what it accepted and free its folder before the process ends. */
function stopBeforeQuit(host: WindowHost): void {
  app.on('will-quit', (event) => {
    event.preventDefault()
    host.stop().then(() => {
      app.exit(0)
    }, giveUp)
  })
}

function giveUp(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  console.error(message)
  dialog.showErrorBox('Lineside cannot run', message)
  app.exit(1)
}
