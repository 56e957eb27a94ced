import { packageRoot, packageVersion } from '../base/packageRoot.ts'
import { demo } from './demo.ts'
import { CommandError, exitCodes, explain } from './failure.ts'
import { predict } from './predict.ts'
import { serve } from './serve.ts'

interface Command {
  usage: string
  summary: string
  /** @returns The process' exit code. */
  run: (args: string[]) => Promise<number>
}

const commands: Record<string, Command> = { serve, demo, predict }

/**
 * Runs what was typed.
 * @returns The process' exit code: 0 done, 1 failed, 2 not understood, 3 the data folder is in use by another host.
 */
export async function runCommand([name = '', ...args]: string[]): Promise<number> {
  if (name === '--version') return say(packageVersion(packageRoot(import.meta.url)))
  if (name === '--help' || name === 'help') return say(help())
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    console.error(`${name === '' ? 'No command was given.' : `There is no command ${name}.`}\n\n${help()}`)
    return exitCodes.notUnderstood
  }
  if (args.includes('--help')) return say(`${command.summary}\n\n  lineside ${command.usage}`)
  return attempt(command, args)
}

async function attempt(command: Command, args: string[]): Promise<number> {
  try {
    return await command.run(args)
  } catch (error) {
    console.error(explain(error))
    return error instanceof CommandError ? error.exitCode : exitCodes.failed
  }
}

function help(): string {
  const lines = Object.values(commands).map(({ usage, summary }) => `  lineside ${usage}\n      ${summary}`)
  return ['Lineside runs trained vision models beside a factory line.', ...lines, '  lineside --version'].join('\n\n')
}

function say(text: string): number {
  console.log(text)
  return exitCodes.done
}
