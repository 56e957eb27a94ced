/** The name in URLs that the host will make of a name: a preview. `taken` gets `-2` and so on. */
export function slugOf(name: string, taken: (slug: string) => boolean): string {
  const base =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 64)
      .replace(/^-+|-+$/g, '') || 'inference'
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base.slice(0, 60)}-${number}`
    if (!taken(slug)) return slug
  }
}
