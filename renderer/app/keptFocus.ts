import { useEffect } from 'react'

/**
 * Whoever works by keyboard goes on from where they were. Where the element with the focus goes away, what is around it
 * takes the focus (never a button, which the next Enter would press); where it was switched off for a while, it has the
 * focus back afterwards; and back at a place, the link that was followed from there has it.
 */
export function useKeptFocus() {
  useEffect(keepFocus, [])
}

function keepFocus(): () => void {
  let last: Held | null = null
  /** The link that is waited for, of a list that is still being fetched. */
  let wanted: string | null = null
  const followed = new Map<string, string>()

  const hold = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return
    last = heldBy(target)
    if (target.tagName !== 'MAIN') wanted = null
    const href = target.closest('main a')?.getAttribute('href')
    if (href) followed.set(last.path, href)
  }
  /** A press beside everything takes the focus away on purpose. */
  const forget = () => {
    last = wanted = null
  }
  const mend = () => {
    if (!last) return
    last.wasOff ||= last.element.matches(':disabled')
    const { element, path } = last
    const isIdle = document.activeElement === document.body || element.tagName === 'MAIN'
    if (isIdle && path.startsWith(`${location.pathname}/`)) wanted = followed.get(location.pathname) ?? null
    if (document.activeElement === document.body && isLost(last))
      focusOn(element.isConnected ? element : survivorOf(last))
    else if (element.tagName === 'MAIN') last.path = location.pathname
    if (wanted) linkTo(wanted)?.focus()
  }

  const observer = new MutationObserver(mend)
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] })
  document.addEventListener('focusin', hold)
  document.addEventListener('pointerdown', forget, true)
  return () => {
    observer.disconnect()
    document.removeEventListener('focusin', hold)
    document.removeEventListener('pointerdown', forget, true)
  }
}

/** The element with the focus, what it stands in, the nearest first, and on which screen. */
interface Held {
  element: HTMLElement
  around: readonly HTMLElement[]
  path: string
  wasOff: boolean
}

/** Gone from the page, or switched on again after it was off. */
function isLost({ element, wasOff }: Held): boolean {
  return !element.isConnected || (wasOff && !element.matches(':disabled'))
}

function heldBy(element: HTMLElement): Held {
  const around: HTMLElement[] = []
  for (let outer = element.parentElement; outer; outer = outer.parentElement) around.push(outer)
  return { element, around, path: location.pathname, wasOff: false }
}

function linkTo(href: string): HTMLElement | null {
  return document.querySelector(`main a[href="${CSS.escape(href)}"]`)
}

/** What is left around it on the screen; the whole screen where it has changed. */
function survivorOf({ around, path }: Held): HTMLElement | null {
  const main = document.querySelector('main')
  const left = path === location.pathname ? around.find((outer) => outer.isConnected) : null
  return left && main?.contains(left) ? left : main
}

function focusOn(element: HTMLElement | null) {
  if (!element) return
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
}
