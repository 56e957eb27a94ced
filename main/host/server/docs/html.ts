/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Words, of which those between backticks are code. */
export function words(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}

export function paragraph(text: string): string {
  return `<p>${words(text)}</p>`
}

/** @param rows Cells as words. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells.map((cell) => `<${tag}>${words(cell)}</${tag}>`).join('')}</tr>`
  return `<table><thead>${line(head, 'th')}</thead><tbody>${rows.map((row) => line(row, 'td')).join('')}</tbody></table>`
}

/** Code with its language above it. */
export function example(id: string, language: string, code: string): string {
  const pre = `<pre tabindex="0" aria-label="${escaped(language)}"><code>${escaped(code)}</code></pre>`
  return `<figure id="${escaped(id)}"><figcaption>${escaped(language)}</figcaption>${pre}</figure>`
}

/** A part of the page that can be linked to. */
export function section(id: string, title: string, ...parts: readonly string[]): string {
  return `<section id="${escaped(id)}"><h2>${escaped(title)}</h2>${parts.join('')}</section>`
}
