import { EventBus } from '../../../main/host/eventBus.ts'
import type { ServerEvent } from '../../../main/contract/index.ts'
import type { ThreadedDatabase } from '../../../main/host/database/openDatabase.ts'
import type { InferencesServices } from '../../../main/host/inference/inferences.ts'
import { Scheduler } from '../../../main/host/inference/scheduler.ts'
import { DiskRoom } from '../../../main/host/labels/diskRoom.ts'
import { Imports } from '../../../main/host/labels/imports.ts'
import { Recorder } from '../../../main/host/labels/recorder.ts'
import { Models } from '../../../main/host/models/models.ts'
import { Projects } from '../../../main/host/projects/projects.ts'
import { RecentPredictions } from '../../../main/host/recent/recentPredictions.ts'
import { FiguresHistory } from '../../../main/host/telemetry/figuresHistory.ts'
import { Metrics } from '../../../main/host/telemetry/metrics.ts'
import { runMeasures } from '../../../main/host/telemetry/runMeasures.ts'
import { RunOutputs } from '../../../main/host/outputs/runOutputs.ts'
import { countedMeasures } from '../../../main/host/verdict/countedMeasures.ts'
import { ShiftCounters } from '../../../main/host/verdict/shiftCounters.ts'
import { temporaryDatabase } from '../host-data/helpers.ts'
import { keepingLogger } from '../host-data/keepingLogger.ts'
import { boardModelPath, boardSpec } from './boards.ts'

/** What the inferences of a host are given, all real, with the detector's project and model. */

const pixelLimit = 100_000_000

export interface House {
  folder: string
  database: ThreadedDatabase
  services: InferencesServices
  metrics: Metrics
  events: ServerEvent[]
  project: string
  model: string
}

export async function openHouse(): Promise<House> {
  const { folder, database } = await temporaryDatabase()
  const [bus, events, logger] = [new EventBus(), [] as ServerEvent[], keepingLogger()]
  const metrics = new Metrics(async () => [])
  bus.subscribe((event) => events.push(event))
  const removed = async () => undefined
  const parts = { runningIn: () => 0, removeInference: removed, removeSamples: removed, removeModels: removed }
  const projects = new Projects(database, bus, parts)
  const room = new DiskRoom(folder, 0)
  const limits = { modelLimitBytes: 1e9, pixelLimit, whileIdle: <T>(_: string, work: () => Promise<T>) => work() }
  const models = await Models.open({ database, bus, projects, room, dataFolder: folder, ...limits })
  const project = await projects.create({ name: 'Bare boards', task: 'detection', classes: boardSpec.classes })
  const model = await models.importFile(project.id, boardModelPath, 'bare-boards.onnx', boardSpec)
  const counters = await ShiftCounters.open(database, logger)
  const history = new FiguresHistory(database, logger)
  const services: InferencesServices = {
    database,
    projects,
    models,
    imports: new Imports(database, bus, folder),
    recorder: new Recorder(database, bus, folder, room),
    events: bus,
    logger,
    scheduler: new Scheduler(),
    measures: (slug) => countedMeasures(runMeasures(metrics, history.follow(slug), slug), counters, slug),
    counters,
    recent: new RecentPredictions(database, logger),
    outputs: (setups, log, onChange) => new RunOutputs(setups, '1.0.0', { logger: log, random: Math.random, onChange }),
    logs: () => [],
    endpoint: (slug) => `http://127.0.0.1:8600/v1/inferences/${slug}/predict`,
    pixelLimit
  }
  return { folder, database, services, metrics, events, project: project.id, model: model.id }
}
