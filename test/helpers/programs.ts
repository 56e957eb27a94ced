import { spawn, spawnSync } from 'node:child_process'
import { text } from 'node:stream/consumers'

/** Whether a program is on this machine; tests that need one that is not there are reported as skipped. */
export function isHere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}

/** Runs a program in a folder to its end. @throws Error with what it wrote where it failed */
export async function runProgram(
  [program = '', ...args]: readonly string[],
  folder: string,
  environment: Record<string, string> = {}
): Promise<string> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  const code = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  if ((await code) === 0) return out
  throw new Error(`${program} ended with ${await code}: ${err}${out}`)
}
