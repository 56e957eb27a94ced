import { createContext, useContext } from 'react'
import { z } from 'zod'

/**
 * What the window can ask of the desktop. Each is absent where it is not possible, as in a browser;
 * a screen then leaves its button out.
 */
export interface Platform {
  kind: 'browser' | 'desktop'
  /** Shows a file or folder of this workstation in its file manager. */
  showInFolder?: (path: string) => void
}

declare global {
  interface Window {
    lineside?: unknown
  }
}

const isFunction = (value: unknown) => typeof value === 'function'

/** What the desktop shell's preload may have put there. */
const desktopBridge = z.object({
  showInFolder: z.custom<(path: string) => unknown>(isFunction).optional()
})

/** The platform that this window runs on, told by the bridge that the desktop shell puts there. */
export function findPlatform(given: unknown = window.lineside): Platform {
  const bridge = desktopBridge.safeParse(given).data
  if (!bridge) return { kind: 'browser' }
  const { showInFolder } = bridge
  return showInFolder ? { kind: 'desktop', showInFolder: (path) => void showInFolder(path) } : { kind: 'desktop' }
}

export const PlatformContext = createContext<Platform>({ kind: 'browser' })

export const usePlatform = () => useContext(PlatformContext)
