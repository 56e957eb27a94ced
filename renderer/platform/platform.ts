import { createContext, useContext } from 'react'

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

/** The platform that this window runs on, told by the bridge that the desktop shell puts there. */
export function findPlatform(bridge: unknown = window.lineside): Platform {
  if (typeof bridge !== 'object' || bridge === null) return { kind: 'browser' }
  const show = 'showInFolder' in bridge ? bridge.showInFolder : undefined
  if (typeof show !== 'function') return { kind: 'desktop' }
  return { kind: 'desktop', showInFolder: (path) => void show(path) }
}

export const PlatformContext = createContext<Platform>({ kind: 'browser' })

export const usePlatform = () => useContext(PlatformContext)
