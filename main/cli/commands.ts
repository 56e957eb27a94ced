import { packageRoot, packageVersion } from '../base/packageRoot.ts'
import { CommandError, exitCodes, explain } from './failure.ts'

interface Command {
  usage: string
  summary: string
  /** Loads what the command needs, and no more. @returns what runs it and gives the process' exit code */
  load: () => Promise<(args: string[]) => Promise<number>>
}

const commands: Record<string, Command> = {
  serve: {
    usage: 'serve [--data DIR] [--port N] [--listen ADDR] [--host NAME]… [--require-keys] [--json] [--open]',
    summary:
      'Serves the API and the window, to this machine alone unless --listen says otherwise. A second start on a data folder says where the first one is (exit code 3).',
    load: async () => (await import('./serve.ts')).serve
  },
  demo: {
    usage: 'demo [--data DIR]',
    summary: 'Runs the detector’s sample project on its pictures and shows what was predicted and recorded.',
    load: async () => (await import('./demo.ts')).demo
  },
  predict: {
    usage: 'predict --inference NAME [--data DIR | --url URL] [--json] FILE…',
    summary:
      'Posts images to an inference of the running host and prints what it answers. LINESIDE_KEY is the key of a host that wants one.',
    load: async () => (await import('./predict.ts')).predict
  }
}

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
    const run = await command.load()
    return await run(args)
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
