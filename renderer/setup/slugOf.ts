const mostCharacters = 64

/** The name in URLs that the host will make of a name, as a preview; one that is taken gets `-2` and so on. */
export function slugOf(name: string, taken: (slug: string) => boolean): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = shortened(plain.replace(/[^a-z0-9]+/g, '-').replace(/^-/, ''), mostCharacters) || 'inference'
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : `-${number}`
    const candidate = suffix ? shortened(slug, mostCharacters - suffix.length) + suffix : slug
    if (!taken(candidate)) return candidate
  }
}

const shortened = (slug: string, length: number) => slug.slice(0, length).replace(/-$/, '')
