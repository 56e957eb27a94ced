import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const places: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium'
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
  ]
}

/** The Chromium that the browser tests use: `LINESIDE_CHROMIUM`, or the system's. Null where there is none. */
export function findChromium(): string | null {
  const given = process.env['LINESIDE_CHROMIUM']
  if (given) return given
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...(places[process.platform] ?? [])].find((path) => existsSync(path)) ?? null
}

/** Switches that keep Chromium from the network, and as root without the sandbox that root cannot have. */
export function chromiumSwitches(): string[] {
  const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']
  return [...quiet, '--disable-component-update', '--disable-sync', ...(isRoot() ? ['--no-sandbox'] : [])]
}

/** Installs Debian's package where nobody need be asked, which is as root; @returns the program, or null. */
export function installChromium(): string | null {
  if (!isRoot() || spawnSync('apt-get', ['--version']).status !== 0) return null
  console.log('Installing Chromium for the browser tests (apt-get install chromium).')
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  const packages = ['chromium', 'fonts-liberation']
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
  return findChromium()
}

/** The one command that brings what the browser tests lack. */
export function chromiumCommand(): string {
  return process.platform === 'linux'
    ? 'sudo apt-get install chromium'
    : 'install Google Chrome, or set LINESIDE_CHROMIUM to a Chromium'
}

function isRoot(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0
}
