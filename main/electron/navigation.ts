/** Where a page may lead: on in the window, out to the system's browser, or nowhere. */
export type Destination = 'window' | 'browser' | 'nowhere'

/** @returns The URL, or null for what is none. */
function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null
}

/** Whether an address is one of the host's own; `blob:` addresses carry an origin too, but never are. */
export function isOwn(url: string, origin: string): boolean {
  const parsed = parse(url)
  return parsed?.protocol === 'http:' && parsed.origin === origin
}

/**
 * What becomes of a navigation: the window shows the host's own pages and nothing else, and leaves for none.
 * A link to an https address is handed to the system's browser; any other scheme could start a program.
 */
export function destinationOf(url: string, origin: string): Destination {
  if (isOwn(url, origin)) return 'window'
  return isSafeOutside(url) ? 'browser' : 'nowhere'
}

/** What becomes of a new window: there is none. The host's own pages, such as `/docs`, open in the browser too. */
export function destinationOfPopup(url: string, origin: string): Destination {
  return isOwn(url, origin) || isSafeOutside(url) ? 'browser' : 'nowhere'
}

function isSafeOutside(url: string): boolean {
  const parsed = parse(url)
  return parsed?.protocol === 'https:' && parsed.username === '' && parsed.password === ''
}
