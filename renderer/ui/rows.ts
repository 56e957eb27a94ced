import type { KeyboardEvent, MouseEvent } from 'react'

/** The attribute of the one link in each row that arrows move between. */
export const rowLink = { 'data-row-link': '' }

/** For the element around the rows: arrow keys move between their links, Home and End to the ends. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>) {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  const link = next === undefined ? undefined : links[next]
  if (!link) return
  event.preventDefault()
  link.focus()
}

/** For a row: a click beside its controls follows its link. */
export function followRowLink(event: MouseEvent<HTMLElement>) {
  if (event.target instanceof Element && event.target.closest('a, button, input, [role="menu"]')) return
  event.currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click()
}
