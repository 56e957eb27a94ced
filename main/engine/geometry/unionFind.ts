/** Sets of numbers from 0 on, as a tree for each: `parent[n]` is a smaller number of the same set, or n itself. */
export type Sets = Int32Array

/** Each number a set of its own. */
export function singleSets(count: number): Sets {
  const sets = new Int32Array(count)
  for (let at = 0; at < count; at++) sets[at] = at
  return sets
}

export function join(sets: Sets, a: number, b: number): void {
  const rootA = rootOf(sets, a)
  const rootB = rootOf(sets, b)
  if (rootA < rootB) sets[rootB] = rootA
  else sets[rootA] = rootB
}

/** Makes every number's parent the smallest of its set; parents come before their children, so one pass does. */
export function flatten(sets: Sets): void {
  for (let at = 0; at < sets.length; at++) sets[at] = sets[sets[at] ?? 0] ?? 0
}

/** The smallest number of a number's set; the way there is halved for the next time. */
function rootOf(sets: Sets, number: number): number {
  let at = number
  while (sets[at] !== at) {
    const next = sets[sets[at] ?? 0] ?? 0
    sets[at] = next
    at = next
  }
  return at
}
