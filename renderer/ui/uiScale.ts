import { useSyncExternalStore } from 'react'

const ordinaryRootPx = 16

/** By how much the window is larger than on an ordinary screen (theme.css), for what scripts lay out in px. */
export function useUiScale(): number {
  return useSyncExternalStore(onResize, uiScale)
}

const uiScale = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ordinaryRootPx

function onResize(changed: () => void) {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}
