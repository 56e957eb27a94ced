const needed = { major: 22, minor: 18 }

/** Why this Node cannot run Lineside and what to do; null where it can. */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > needed.major || (major === needed.major && minor >= needed.minor)) return null
  const wanted = `${needed.major}.${needed.minor}`
  return (
    `Lineside needs Node ${wanted} or later; this is ${version}. ` +
    'In a source checkout `npm ci` brings one, and `npx lineside` uses it; elsewhere install a newer Node.'
  )
}
