const mostCharacters = 64

/** A name in URLs: NFKD without marks, lower case, all else to single hyphens, at most 64 characters. */
export function makeSlug(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return cut(plain.replace(/[^a-z0-9]+/g, '-').replace(/^-/, ''), mostCharacters) || 'inference'
}

/** The slug itself where it is free, else with the lowest number from 2 that makes it free. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  if (!taken.has(slug)) return slug
  for (let number = 2; ; number++) {
    const suffix = `-${number}`
    const candidate = cut(slug, mostCharacters - suffix.length) + suffix
    if (!taken.has(candidate)) return candidate
  }
}

function cut(slug: string, length: number): string {
  return slug.slice(0, length).replace(/-$/, '')
}
