import { percentile, rounded } from './statistics.ts'

/** What is measured: once each in a round, so that a drift of the machine meets all. */
export type Cases<Name extends string> = Record<Name, () => unknown>

/** A case's times, in ms: median and 95th percentile, and the median of the CPU's time in all threads. */
export interface Times {
  ms: number
  p95: number
  cpuMs: number
}

export interface Measured<Name extends string> {
  rounds: number
  times: (name: Name) => Times
  /** The median of the rounds' ratios, of time or of the CPU's time. */
  ratio: (name: Name, to: Name, of?: 'ms' | 'cpuMs') => number
}

/** Rounds that warm up and do not count. */
const warmUp = 10
const leastRounds = 20

/** Runs the cases in turn for about the given time. */
export async function interleaved<Name extends string>(cases: Cases<Name>, seconds: number): Promise<Measured<Name>> {
  const names = Object.keys(cases) as Name[]
  const rounds: Record<Name, { ms: number; cpuMs: number }>[] = []
  const until = performance.now() + seconds * 1000
  for (let round = -warmUp; round < leastRounds || performance.now() < until; round++) {
    const times = []
    for (const name of names) times.push([name, await timed(cases[name])] as const)
    if (round >= 0) rounds.push(Object.fromEntries(times) as (typeof rounds)[number])
  }
  const each = <T>(value: (round: (typeof rounds)[number]) => T) => rounds.map(value)
  return {
    rounds: rounds.length,
    times: (name) => ({
      ms: middle(each((round) => round[name].ms)),
      p95: rounded(
        percentile(
          each((round) => round[name].ms),
          0.95
        )
      ),
      cpuMs: middle(each((round) => round[name].cpuMs))
    }),
    ratio: (name, to, of = 'ms') => middle(each((round) => round[name][of] / round[to][of]))
  }
}

async function timed(work: () => unknown): Promise<{ ms: number; cpuMs: number }> {
  const begun = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000 }
}

function middle(values: readonly number[]): number {
  return rounded(percentile(values, 0.5))
}

/** One line of the table: what was measured, and against what. */
export interface Line extends Times {
  what: string
  /** Of the time to what it is held against, and of the CPU's time to the same. */
  ratio: number
  cpuRatio: number
  /** The most that the aim allows, in ms or as a ratio. */
  aim?: string
}

/** One JSON document, or a table for people. */
export function report(json: boolean, document: { lines: Line[] } & Record<string, unknown>): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : `${table(document.lines)}\n`)
}

function table(lines: readonly Line[]): string {
  const rows = [
    ['', 'p50 ms', 'p95 ms', 'ratio', 'CPU ms', 'CPU ratio', 'aim'],
    ...lines.map((line) =>
      [line.what, line.ms, line.p95, line.ratio, line.cpuMs, line.cpuRatio, line.aim ?? ''].map(String)
    )
  ]
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const padded = (row: string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
  return rows.map((row) => padded(row).join('  ')).join('\n')
}
