// What stands between the window's page and the workstation. The decisions are pure functions in navigation.ts and
// permissions.ts, which tests call under plain Node; here they are only tied to Electron's events.
import { type App, type Session, shell, type WebContents } from 'electron'
import { type Destination, destinationOf, destinationOfPopup } from './navigation.ts'
import { isPermitted } from './permissions.ts'

/** Denies what a page could ask of the system, but for what `isPermitted` grants to the host's own pages. */
export function guardSession(session: Session, origin: string): void {
  session.setPermissionCheckHandler((_contents, permission, requestedBy) =>
    isPermitted(permission, requestedBy, origin)
  )
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermitted(permission, details.requestingUrl, origin))
  })
  session.setDevicePermissionHandler(() => false)
}

/** Guards every page of the application, whoever opened it. */
export function guardPages(app: App, origin: string): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, origin)
  })
}

function guardContents(contents: WebContents, origin: string): void {
  contents.on('will-frame-navigate', (event) => {
    if (!follow(event.url, destinationOf(event.url, origin))) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (destinationOf(event.url, origin) !== 'window') event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
  contents.setWindowOpenHandler(({ url }) => {
    follow(url, destinationOfPopup(url, origin))
    return { action: 'deny' }
  })
}

/** @returns Whether the window itself goes there. */
function follow(url: string, destination: Destination): boolean {
  if (destination === 'browser') void shell.openExternal(url)
  return destination === 'window'
}
