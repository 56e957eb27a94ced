import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../base/packageRoot.ts'
import type { HostOptions } from './config.ts'

/** Where Lineside keeps its data unless it is told otherwise: the same folder for the command line and the window. */
export function defaultDataFolder(
  environment: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir()
): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Lineside')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lineside')
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'lineside')
}

/** What ships with Lineside: the sample projects and the built window, where they are there. */
export function shippedFolders(): Pick<HostOptions, 'sampleFolder' | 'windowFolder'> {
  const root = packageRoot(import.meta.url)
  const present = (path: string) => (existsSync(path) ? path : null)
  return {
    sampleFolder: present(join(root, 'resources', 'sample')),
    windowFolder: present(join(root, 'dist', 'window'))
  }
}
