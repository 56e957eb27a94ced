import { contextBridge, ipcRenderer } from 'electron'
import { channels } from '../main/electron/channels.ts'

contextBridge.exposeInMainWorld('lineside', {
  showInFolder: (path: string) => ipcRenderer.invoke(channels.showInFolder, path)
})
