import { createContext, useContext, useEffect, useRef } from 'react'

/** A key of a screen, as the list of keys shows it. */
export interface ScreenKey {
  /** As `KeyboardEvent.key` names it; a name that no key has is only listed. */
  key: string
  /** Another key that does the same; it is not listed. */
  also?: string
  label: string
  act: () => void
}

/** The keys of what is on the screen now; the frame lists them. */
export const KeysContext = createContext<{ register: (keys: () => readonly ScreenKey[]) => () => void }>({
  register: () => () => {}
})

/**
 * Gives a screen its keys while it is shown, and lists them in the frame's list of keys.
 * @param act False: they are only listed, and act where a part of the screen has them.
 */
export function useScreenKeys(keys: readonly ScreenKey[], act = true) {
  const { register } = useContext(KeysContext)
  const current = useKeyPresses(keys, act)
  useEffect(() => register(() => current.current), [register, current])
}

/** Acts on keys. They rest while someone types or a dialog is open. */
export function useKeyPresses(keys: readonly ScreenKey[], act = true) {
  const current = useRef(keys)
  useEffect(() => {
    current.current = keys
  })
  useEffect(() => {
    if (!act) return
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const found = current.current.find((item) => item.key === event.key || item.also === event.key)
      if (!found) return
      event.preventDefault()
      found.act()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [act])
  return current
}

function isBusy(target: EventTarget | null) {
  const typing = target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  // A closed list may stay in the page, unseen.
  const floating = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')
  return typing || [...floating].some((element) => element.checkVisibility())
}
