import { Deadline } from '../base/deadline.ts'
import { Disposables } from '../base/disposables.ts'
import { packageRoot, packageVersion } from '../base/packageRoot.ts'
import type { NewSetup } from '../contract/index.ts'
import { hostConfig, type HostConfig, type HostOptions } from './config/config.ts'
import { writeHostFile } from './config/hostFile.ts'
import { lockDataFolder } from './database/lockDataFolder.ts'
import { openDatabase } from './database/openDatabase.ts'
import { EventBus } from './eventBus.ts'
import { Inferences } from './inference/inferences.ts'
import { budgetOf, readMachine } from './inference/machine.ts'
import { Scheduler } from './inference/scheduler.ts'
import { DiskRoom } from './labels/diskRoom.ts'
import { Imports } from './labels/imports.ts'
import { Recorder } from './labels/recorder.ts'
import { repairAtStart } from './labels/repair.ts'
import { Samples } from './labels/samples.ts'
import { Thumbnails } from './labels/thumbnails.ts'
import { IncomingModels } from './models/incomingModels.ts'
import { Models } from './models/models.ts'
import { OutputTests } from './outputs/outputTests.ts'
import { RunOutputs } from './outputs/runOutputs.ts'
import { Projects } from './projects/projects.ts'
import { installSampleProjects } from './projects/sampleProjects.ts'
import { buildServer, closeServer, listen } from './server/server.ts'
import { Sessions } from './server/sessions.ts'
import { Settings } from './settings/settings.ts'
import { StoredSettings } from './settings/storedSettings.ts'
import { Logs } from './telemetry/logs.ts'
import { Metrics } from './telemetry/metrics.ts'
import { runMeasures } from './telemetry/runMeasures.ts'
import { WorkstationWatch } from './telemetry/workstationWatch.ts'
import { countedMeasures } from './verdict/countedMeasures.ts'
import { ShiftCounters } from './verdict/shiftCounters.ts'

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
 * Starts the whole application without Electron: the composition root. What was acquired is released in reverse
 * order, by `stop` or where the start fails.
 * @throws Refusal where the data folder is in use or the port is taken.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const config = hostConfig.parse(options)
  const parts = new Disposables()
  try {
    const { url, token } = await start(config, parts)
    let stopped: Promise<void> | undefined
    return { url, token, stop: () => (stopped ??= parts.dispose()) }
  } catch (error) {
    await parts.dispose()
    throw error
  }
}

async function start(config: HostConfig, parts: Disposables): Promise<{ url: string; token: string }> {
  const { dataFolder } = config
  const deadline = new Deadline(config.stopDeadlineMs)
  parts.add('the data folder’s lock', await lockDataFolder(dataFolder), (release) => release())
  const bus = new EventBus()
  const logs = parts.add('the log', await Logs.open(dataFolder, config.logLevel, bus), (log) => log.close())
  const address = { url: `http://127.0.0.1:${config.port}` }
  const version = packageVersion(packageRoot(import.meta.url))
  const services = await openServices(config, { bus, logs, address, version }, parts)
  const sessions = new Sessions()
  let sampleProject: string | null = null
  const { stored, scheduler } = services
  const known = () => ({ version, sampleProject, url: address.url })
  const settings = new Settings({ config, stored, known, budget: () => scheduler.budget })
  const app = await buildServer({ ...services, config, bus, logger: logs.logger, sessions, version, settings })
  parts.add('the server', app, () => closeServer(app, deadline.remainingMs()))
  // Before the longer work of a first start, so that a taken port is told at once.
  address.url = await listen(app, config.port)
  if (config.sampleFolder !== null) {
    const createInference = (setup: NewSetup) => services.inferences.create(setup)
    const wanted = { ...services, createInference, logger: logs.logger }
    sampleProject = await installSampleProjects(config.sampleFolder, wanted)
  }
  const about = { url: address.url, pid: process.pid, token: sessions.token }
  parts.add('host.json', await writeHostFile(dataFolder, about), (remove) => remove())
  // Released first: the server still answers what the runs accepted.
  parts.add('the runs', services.inferences, (inferences) => inferences.stopAll(deadline.remainingMs()))
  await services.inferences.resume()
  return about
}

interface Foundation {
  bus: EventBus
  logs: Logs
  /** Where the server listens, known once it does. */
  address: { url: string }
  version: string
}

/** The services, each after what it needs. Projects and their parts know each other, so those are given as calls. */
async function openServices(config: HostConfig, { bus, logs, address, version }: Foundation, parts: Disposables) {
  const { logger } = logs
  const { dataFolder, pixelLimit, modelLimitBytes } = config
  const database = parts.add('the database', await openDatabase(dataFolder, logger), (opened) => opened.close())
  parts.add('the repair mark', await repairAtStart(database, dataFolder, logger), (release) => release())
  const room = new DiskRoom(dataFolder, config.leastFreeBytes)
  const recorder = parts.add('the recorder', new Recorder(database, bus, dataFolder, room), (one) => one.drain())
  const imports = new Imports(database, bus, dataFolder)
  const samples = new Samples(database, dataFolder, new Thumbnails(dataFolder, pixelLimit))
  const projects: Projects = new Projects(database, bus, {
    runningIn: (project) => inferences.runningIn(project),
    removeInference: (slug) => inferences.remove(slug),
    removeSamples: (project) => samples.removeOfProject(project),
    removeModels: (project) => models.removeOfProject(project)
  })
  const models = await Models.open({
    ...{ database, bus, projects, room, dataFolder, modelLimitBytes, pixelLimit },
    whileIdle: (model, work) => inferences.whileIdle(model, work)
  })
  const watched = await IncomingModels.watch({ dataFolder, models, bus, logger })
  const incoming = parts.add('the watched folder', watched, (one) => one.close())
  const stored = await StoredSettings.open(database, bus)
  const machine = await readMachine()
  const scheduler = new Scheduler(budgetOf(stored.current.resources, machine))
  stored.follow(({ resources }) => (scheduler.budget = budgetOf(resources, machine)))
  const counters = parts.add('the shift counters', await ShiftCounters.open(database, logger), (one) => one.close())
  const metrics: Metrics = new Metrics(() => inferences.list())
  const inferences: Inferences = new Inferences({
    ...{ database, projects, models, imports, recorder, counters, scheduler, logger, pixelLimit, events: bus },
    comesBack: () => stored.current.comeBack,
    logs: (slug) => logs.of(slug),
    measures: (slug) => countedMeasures(runMeasures(metrics, slug), counters, slug),
    outputs: (setups, log, onChange) => new RunOutputs(setups, version, { logger: log, random: Math.random, onChange }),
    endpoint: (slug) => `${address.url}/v1/inferences/${slug}/predict`
  })
  const watch = new WorkstationWatch(dataFolder, bus, () => inferences.list(), {
    scheduler,
    gpu: machine.gpu?.name ?? null
  })
  parts.add('the workstation’s watch', watch.start(), (release) => release())
  const outputTests = new OutputTests((slug) => inferences.outputs(slug), version, logger)
  const shown = { incoming, outputTests, watch, stored, scheduler }
  return { projects, models, inferences, imports, samples, metrics, ...shown }
}
