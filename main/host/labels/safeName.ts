const mostCharacters = 60
const mostBytes = 150
const forbidden = /[<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]/gu
/** Devices that Windows finds in every folder, whatever follows a dot after them. */
const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\s*(\.|$))/iu

/**
 * A file or folder name that every file system takes, as close to the given one as possible:
 * composed Unicode, nothing that Windows forbids or strips, no hidden file, at most 60 characters and 150 bytes.
 */
export function safeName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(forbidden, '_')
    .replace(/^[\s.]+/u, '')
  const short = withoutBlankEnd(shortened(clean))
  return short.replace(device, '$1_') || 'unnamed'
}

function shortened(text: string): string {
  const kept: string[] = []
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (kept.length + 1 >= mostCharacters || bytes > mostBytes - 1) break
    kept.push(character)
  }
  return kept.join('')
}

function withoutBlankEnd(text: string): string {
  return text.replace(/[\s.]+$/u, '')
}
