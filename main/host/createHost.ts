import { Deadline } from '../base/deadline.ts'
import { Disposables } from '../base/disposables.ts'
import type { Logger } from '../base/logger.ts'
import { packageDependencies, packageRoot, packageVersion } from '../base/packageRoot.ts'
import type { NewSetup } from '../contract/index.ts'
import { hostConfig, type HostConfig, type HostOptions } from './config/config.ts'
import { localUrl } from './config/listening.ts'
import { writeHostFile } from './config/hostFile.ts'
import { lockDataFolder } from './database/lockDataFolder.ts'
import { EventBus } from './eventBus.ts'
import type { EngineChoice } from './inference/loading.ts'
import { installSampleProjects } from './projects/sampleProjects.ts'
import { buildServer, closeServer, listen } from './server/server.ts'
import { Sessions } from './server/sessions.ts'
import { Settings } from './settings/settings.ts'
import { Diagnostics } from './telemetry/diagnostics.ts'
import { Logs } from './telemetry/logs.ts'
import { openServices } from './openServices.ts'

/** A running host. */
export interface Host {
  /** Such as `http://127.0.0.1:8600`. */
  url: string
  /** Opens the API to tools (`Authorization: Bearer`) and, once, a window (`?token=`). */
  token: string
  /** Stops every part in reverse order within one deadline. */
  stop(): Promise<void>
}

/**
 * Starts the whole application without Electron: the composition root, with `openServices`. What was acquired is
 * released in reverse order, by `stop` or where the start fails.
 * @throws Refusal where the data folder is in use, the port is taken, or other machines could come in without a key.
 */
export async function createHost(options: HostOptions, engine: EngineChoice = {}): Promise<Host> {
  const config = hostConfig.parse(options)
  const parts = new Disposables()
  try {
    const { url, token } = await start(config, engine, parts)
    let stopped: Promise<void> | undefined
    return { url, token, stop: () => (stopped ??= parts.dispose()) }
  } catch (error) {
    await parts.dispose()
    throw error
  }
}

async function start(config: HostConfig, engine: EngineChoice, parts: Disposables) {
  const { dataFolder } = config
  const deadline = new Deadline(config.stopDeadlineMs)
  parts.add('the data folder’s lock', await lockDataFolder(dataFolder), (release) => release())
  const bus = new EventBus()
  const logs = parts.add('the log', await Logs.open(dataFolder, config.logLevel, bus), (log) => log.close())
  const address = { url: localUrl(config.listen, config.port) }
  const root = packageRoot(import.meta.url)
  const version = packageVersion(root)
  const services = await openServices(config, { bus, logs, address, version, ...engine }, parts)
  const sessions = new Sessions()
  logs.secrets.hide(sessions.token)
  let sampleProject: string | null = null
  const { stored, scheduler } = services
  const known = () => ({ version, sampleProject, url: address.url })
  const settings = new Settings({ config, stored, known, budget: () => scheduler.budget })
  const told = { config, logs, logger: logs.logger, version, settings, packages: packageDependencies(root) }
  const diagnostics = new Diagnostics({ ...services, ...told, settings: () => stored.current })
  const app = await buildServer({ ...services, ...told, bus, sessions, diagnostics })
  parts.add('the server', app, () => closeServer(app, deadline.remainingMs()))
  // Before the longer work of a first start, so that a taken port is told at once.
  address.url = await listen(app, config, settings.areKeysRequired)
  logs.logger.info(`Lineside ${version} listens on ${address.url}`, { pid: process.pid, dataFolder })
  sampleProject = await installSamples(config, services, logs.logger)
  const reached = { url: address.url, pid: process.pid, token: sessions.token }
  parts.add('host.json', await writeHostFile(dataFolder, reached), (remove) => remove())
  // Released before the server, which still answers what the runs accepted.
  parts.add('the runs', services.inferences, (inferences) => inferences.stopAll(deadline.remainingMs()))
  parts.add('the last word', logs.logger, (logger) => logger.info('Lineside stops'))
  await services.inferences.resume()
  return reached
}

type Services = Awaited<ReturnType<typeof openServices>>

async function installSamples({ sampleFolder, dataFolder }: HostConfig, services: Services, logger: Logger) {
  const { projects, models, optimizations, inferences } = services
  const createInference = (setup: NewSetup) => inferences.create(setup)
  return sampleFolder === null
    ? null
    : installSampleProjects(sampleFolder, { dataFolder, projects, models, optimizations, createInference, logger })
}
