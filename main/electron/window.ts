import { BrowserWindow } from 'electron'
import { join } from 'node:path'

/** Opens the window on the host's own pages. `root` is the folder of package.json. */
export async function openWindow(startUrl: string, root: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'Lineside',
    width: 1440,
    height: 900,
    minWidth: 480,
    minHeight: 400,
    show: false,
    autoHideMenuBar: true,
    icon: join(root, 'resources/icons/icon.png'),
    webPreferences: {
      preload: join(root, 'dist/preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false
    }
  })
  window.once('ready-to-show', () => {
    window.show()
  })
  // The page holds nothing that the host does not: after a crash it is loaded again.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.reload()
  })
  await window.loadURL(startUrl)
  return window
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
