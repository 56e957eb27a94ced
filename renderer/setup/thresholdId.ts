/** Id of a size threshold's element, for going to it. */
export const thresholdId = (id: number) => `threshold-${id}`

/** Opens a size threshold, goes there and gives it the focus. */
export function jumpToThreshold(id: number) {
  const head = document.getElementById(thresholdId(id))?.querySelector<HTMLElement>('[aria-expanded]')
  if (head?.ariaExpanded === 'false') head.click()
  head?.focus()
  head?.scrollIntoView({ behavior: 'smooth', block: 'center' })
}
