import { percentile, rounded } from './statistics.ts'

/** What is measured: once each in a round, so that a drift of the machine meets all. */
export type Cases<Name extends string> = Record<Name, () => unknown>

/** Medians and 95th percentiles in ms, and how many rounds they are of. */
export interface Measured<Name extends string> {
  rounds: number
  p50: Record<Name, number>
  p95: Record<Name, number>
}

/** Rounds that warm up and do not count. */
const warmUp = 10
const leastRounds = 20

/** Runs the cases in turn for about the given time. */
export async function interleaved<Name extends string>(cases: Cases<Name>, seconds: number): Promise<Measured<Name>> {
  const names = Object.keys(cases) as Name[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  const until = performance.now() + seconds * 1000
  let rounds = -warmUp
  for (; rounds < leastRounds || performance.now() < until; rounds++) {
    for (const name of names) {
      const begun = performance.now()
      await cases[name]()
      if (rounds >= 0) times.get(name)?.push(performance.now() - begun)
    }
  }
  const at = (share: number) =>
    Object.fromEntries(names.map((name) => [name, rounded(percentile(times.get(name) ?? [], share))]))
  return { rounds, p50: at(0.5) as Record<Name, number>, p95: at(0.95) as Record<Name, number> }
}

/** One line of the table: what was measured, and against which aim in ms where there is one. */
export interface Line {
  what: string
  ms: number
  p95: number
  aim?: number
  /** Of the time to what it is held against. */
  ratio?: number
}

/** One JSON document, or a table for people. */
export function report(json: boolean, document: { lines: Line[] } & Record<string, unknown>): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${table(document.lines)}\n`)
}

function table(lines: readonly Line[]): string {
  const rows = [
    ['', 'p50 ms', 'p95 ms', 'ratio', 'aim'],
    ...lines.map(({ what, ms, p95, ratio, aim }) => [what, ms, p95, ratio ?? '', aim ?? ''].map(String))
  ]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const padded = (row: string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
  return rows.map((row) => padded(row).join('  ')).join('\n')
}
