import { isOwn } from './navigation.ts'

/** Copying a call to the clipboard is all that the window needs of what browsers ask a person for. */
const granted = new Set(['clipboard-sanitized-write'])

export function isPermitted(permission: string, requestedBy: string, origin: string): boolean {
  return granted.has(permission) && isOwn(requestedBy, origin)
}
