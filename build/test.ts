// `npm test`: everything that can run here, and a plain list at the end of what did and what did not.
// `node build/test.ts electron` runs the steps whose names contain a word.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { z } from 'zod'
import { chromiumCommand, findChromium, installChromium } from './chromium.ts'
import { findElectron, whyNoWindow } from './electronBinary.mjs'

interface Step {
  name: string
  command: string
  /** Why it cannot run here; null where it can. */
  obstacle?: () => string | null
  /** Whether the lack of it is a failure where the environment says `CI`. */
  required?: boolean
  /** Where Vitest leaves its report, whose failures are named again below all output: a log is often cut to its end. */
  report?: string
}

type Outcome =
  | { name: string; result: 'passed' | 'failed'; failures: string[] }
  | { name: string; result: 'not run'; reason: string }

const steps: Step[] = [
  { name: 'lint, import rules, format, types', command: 'npm run --silent lint' },
  { name: 'unit, engine and API tests', command: 'npm run --silent test:unit', report: 'test-results/unit.json' },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'browser tests', command: 'npx playwright test --project=browser', obstacle: whyNoBrowser, required: true },
  { name: 'Electron test', command: 'npx playwright test --project=electron', obstacle: whyNoElectron }
]

function whyNoBrowser(): string | null {
  return (findChromium() ?? installChromium()) ? null : `Chromium is missing; ${chromiumCommand()}`
}

function whyNoElectron(): string | null {
  if (!findElectron()) return 'Electron’s binary is not there; npx install-electron'
  return whyNoWindow()
}

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })
      )
    })
  )
})

/** The failed tests of a report with what each said first, and the files that failed as a whole. */
function failuresIn(path: string): string[] {
  try {
    const { testResults } = vitestReport.parse(JSON.parse(readFileSync(path, 'utf8')))
    return testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative('.', name)
      const failed = assertionResults.filter((test) => test.status === 'failed')
      if (status === 'failed' && failed.length === 0) return [`${file}: ${firstLine(message)}`]
      return failed.map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? '')}`)
    })
  } catch (error) {
    return [`no report: ${firstLine(String(error))}`]
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

function run({ name, command, obstacle, required, report }: Step): Outcome {
  const reason = obstacle?.() ?? null
  if (reason !== null) {
    return required && process.env['CI']
      ? { name, result: 'failed', failures: [reason] }
      : { name, result: 'not run', reason }
  }
  console.log(`\n── ${name}: ${command}`)
  if (report) rmSync(report, { force: true })
  const passed = spawnSync(command, { shell: true, stdio: 'inherit' }).status === 0
  return passed
    ? { name, result: 'passed', failures: [] }
    : { name, result: 'failed', failures: report ? failuresIn(report) : [] }
}

function line(outcome: Outcome): string {
  const word = outcome.result.toUpperCase().padEnd(8)
  if (outcome.result === 'not run') return `${word} ${outcome.name}: ${outcome.reason}`
  return [`${word} ${outcome.name}`, ...outcome.failures.map((failure) => `         ${failure}`)].join('\n')
}

const wanted = process.argv[2]?.toLowerCase() ?? ''
const outcomes = steps.filter(({ name }) => name.toLowerCase().includes(wanted)).map(run)
console.log(`\n${outcomes.map(line).join('\n')}`)
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0
