import { type Disposables } from '../base/disposables.ts'
import { type HostConfig } from './config/config.ts'
import { lineUrl } from './config/listening.ts'
import { openDatabase } from './database/openDatabase.ts'
import { type EventBus } from './eventBus.ts'
import { Inferences } from './inference/inferences.ts'
import { budgetOf, readMachine } from './inference/machine.ts'
import type { EngineChoice } from './inference/loading.ts'
import { Scheduler } from './inference/scheduler.ts'
import { Keys } from './keys/keys.ts'
import { DiskRoom } from './labels/diskRoom.ts'
import { Imports } from './labels/imports.ts'
import { Recorder } from './labels/recorder.ts'
import { repairAtStart } from './labels/repair.ts'
import { Samples } from './labels/samples.ts'
import { Thumbnails } from './labels/thumbnails.ts'
import { IncomingModels } from './models/incomingModels.ts'
import { Models } from './models/models.ts'
import { Optimizations } from './optimization/optimizations.ts'
import { OutputTests } from './outputs/outputTests.ts'
import { RunOutputs } from './outputs/runOutputs.ts'
import { Projects } from './projects/projects.ts'
import { RecentPredictions } from './recent/recentPredictions.ts'
import { SamplingEstimates } from './sampling/estimates.ts'
import { StoredSettings } from './settings/storedSettings.ts'
import { type Logs } from './telemetry/logs.ts'
import { openTelemetry } from './telemetry/openTelemetry.ts'
import { runMeasures } from './telemetry/runMeasures.ts'
import { countedMeasures } from './verdict/countedMeasures.ts'
import { ShiftCounters } from './verdict/shiftCounters.ts'

/** What services rest on. */
export interface Foundation extends EngineChoice {
  bus: EventBus
  logs: Logs
  /** Where the server listens, known once it does. */
  address: { url: string }
  version: string
}

/**
 * The services, each after what it needs; whatever must be released again is added to the parts. Projects and their parts know each other, so those are given as calls.
 */
export async function openServices(
  config: HostConfig,
  { bus, logs, address, version, engineEntry }: Foundation,
  parts: Disposables
) {
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
  if (config.requireKeys) await stored.change({ requireKeys: true })
  const keys = await Keys.open(database, bus)
  const machine = await readMachine()
  const scheduler = new Scheduler(budgetOf(stored.current.resources, machine))
  stored.follow(({ resources }) => (scheduler.budget = budgetOf(resources, machine)))
  const counters = parts.add('the shift counters', await ShiftCounters.open(database, logger), (one) => one.close())
  const resources = { scheduler, gpu: machine.gpu?.name ?? null }
  const seen = { config, bus, database, logs, resources, inferences: () => inferences.list() }
  const telemetry = openTelemetry(seen, parts)
  const { metrics, history } = telemetry
  const recent = new RecentPredictions(database, logger)
  parts.add('the recent predictions', recent.start(), (release) => release())
  const inferences: Inferences = new Inferences({
    ...{ database, projects, models, imports, recorder, counters, recent, scheduler, logger, pixelLimit, engineEntry },
    events: bus,
    comesBack: () => stored.current.comeBack,
    logs: (slug) => logs.of(slug),
    measures: (slug) => countedMeasures(runMeasures(metrics, history.follow(slug), slug), counters, slug),
    outputs: (setups, log, onChange) => new RunOutputs(setups, version, { logger: log, random: Math.random, onChange }),
    endpoint: (slug) => `${lineUrl(config, address.url)}/v1/inferences/${slug}/predict`
  })
  const outputTests = new OutputTests((slug) => inferences.outputs(slug), version, logger)
  const optimizations = new Optimizations(database, bus, projects)
  const estimates = new SamplingEstimates({ database, projects, models, recent, history })
  const shown = { incoming, optimizations, estimates, outputTests, stored, scheduler, keys }
  return { database, projects, models, inferences, imports, samples, ...shown, ...telemetry }
}
