import { ipcMain, shell } from 'electron'
import { pathToShow } from './bridgeGuards.ts'
import { channels } from './channels.ts'

/** Answers the bridge (preload/preload.ts), for the host's own pages only. */
export function serveBridge(origin: string, dataFolder: string): void {
  ipcMain.handle(channels.showInFolder, (event, request: unknown) => {
    shell.showItemInFolder(pathToShow(request, event.senderFrame?.origin ?? null, origin, dataFolder))
  })
}
