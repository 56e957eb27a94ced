import { spawn } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Opens a url with a token in the person's browser. A command line can be read by every user of the workstation, so
 * the browser is given a page in the data folder that only its owner may read, and that page leads on.
 */
export async function openInBrowser(url: string, dataFolder: string): Promise<void> {
  const page = join(dataFolder, 'open.html')
  await writeFile(page, `<!doctype html><meta http-equiv="refresh" content="0;url=${url}"><title>Lineside</title>\n`, {
    mode: 0o600
  })
  await chmod(page, 0o600)
  const [command, ...args] = openerFor(process.platform)
  const child = spawn(command, [...args, pathToFileURL(page).href], { stdio: 'ignore', detached: true })
  child.on('error', () => console.error('No browser could be opened; open the link yourself.'))
  child.unref()
}

function openerFor(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return platform === 'darwin' ? ['open'] : ['xdg-open']
}
