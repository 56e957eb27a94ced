// `npm test`: everything that can run here, and a plain list at the end of what did and what did not.
// `node build/test.ts electron` runs the steps whose names contain a word.
import { spawnSync } from 'node:child_process'
import { chromiumCommand, findChromium, installChromium } from './chromium.ts'
import { findElectron, whyNoWindow } from './electronBinary.mjs'

interface Step {
  name: string
  command: string
  /** Why it cannot run here; null where it can. */
  obstacle?: () => string | null
  /** Whether the lack of it is a failure where the environment says `CI`. */
  required?: boolean
}

type Outcome = { name: string; result: 'passed' | 'failed' } | { name: string; result: 'not run'; reason: string }

const steps: Step[] = [
  { name: 'lint, import rules, format, types', command: 'npm run --silent lint' },
  { name: 'unit, engine and API tests', command: 'npm run --silent test:unit' },
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

function run({ name, command, obstacle, required }: Step): Outcome {
  const reason = obstacle?.() ?? null
  if (reason !== null) {
    return required && process.env['CI'] ? { name, result: 'failed' } : { name, result: 'not run', reason }
  }
  console.log(`\n── ${name}: ${command}`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  return { name, result: status === 0 ? 'passed' : 'failed' }
}

function line(outcome: Outcome): string {
  const word = outcome.result.toUpperCase().padEnd(8)
  return outcome.result === 'not run' ? `${word} ${outcome.name}: ${outcome.reason}` : `${word} ${outcome.name}`
}

const wanted = process.argv[2]?.toLowerCase() ?? ''
const outcomes = steps.filter(({ name }) => name.toLowerCase().includes(wanted)).map(run)
console.log(`\n${outcomes.map(line).join('\n')}`)
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0
