import { fileURLToPath } from 'node:url'
import { entryBeside } from '../../base/entry.ts'
import type { Model, ResourceSums, StoredSetup } from '../../contract/index.ts'
import type { LoadMessage, Provider } from '../../engine/protocol.ts'

/**
 * A session takes about this share of the weights. An engine process that computes on pictures of some megapixels takes
 * this much beside, whatever the sample models' task: 218 MB once it is ready, 253 to 276 MB at its most. Measured.
 */
const weightsFactor = 1.1
const processBytes = 260e6
/** What a session takes on a GPU beside its weights. */
const gpuContextBytes = 400 * 1024 * 1024

/** The model of an instance, as its answers name it. */
export interface ComputingModel {
  id: string
  name: string
  version: string
}

/** What an instance is started with. */
export interface Loading {
  model: ComputingModel
  load: Omit<LoadMessage, 'kind'>
  /** The file of the engine's process. */
  entry: string
}

/** For measurements of the host alone; no file, environment or flag sets it. */
export interface EngineChoice {
  /** The file of another engine that speaks the protocol. */
  engineEntry?: string | undefined
}

/** What of the host an instance's start needs. */
export interface EngineFacts extends EngineChoice {
  /** Pictures of more pixels are refused. */
  pixelLimit: number
}

/** The file of the process that computes. */
export const ownEngine = fileURLToPath(entryBeside(import.meta.url, '../../engine/process'))

/** A model under a setup, as a run computes with it. */
export interface Computed {
  setup: StoredSetup
  model: Model
  modelPath: string
  /** As they were resolved when the run started (F12). */
  classThresholds: Record<string, number>
}

/**
 * What a run's engines compute with, the most wanted first; each is tried, the CPU always works. Only what
 * onnxruntime-node has for the platform: no CUDA on Windows. TensorRT is not asked for, as it builds its engine for
 * minutes at each start; nor WebGPU on Linux, where a driver that computes on the CPU passes for a GPU.
 */
export function providersFor(gpu: boolean, platform: NodeJS.Platform): Provider[] {
  if (!gpu) return ['cpu']
  if (platform === 'darwin') return ['coreml', 'webgpu', 'cpu']
  if (platform === 'win32') return ['directml', 'webgpu', 'cpu']
  return ['cuda', 'cpu']
}

/** What an instance is started with. */
export function loadingOf(computed: Computed, { pixelLimit, engineEntry = ownEngine }: EngineFacts): Loading {
  const { id, spec } = computed.model
  const model = { id, name: spec.name, version: spec.version }
  return { model, load: loadOf(computed, pixelLimit), entry: engineEntry }
}

/** The message that loads a setup's model into an engine. */
export function loadOf(
  { setup, model, modelPath, classThresholds }: Computed,
  pixelLimit: number
): Omit<LoadMessage, 'kind'> {
  return {
    modelPath,
    ...(model.dataFiles && { externalData: model.dataFiles }),
    spec: model.spec,
    parameters: setup.parameters,
    classThresholds,
    ...(setup.sampling.confidence && { candidateFloor: setup.sampling.confidence.from }),
    ...(setup.sizeMeasurement.enabled && { sizeThresholds: setup.sizeMeasurement.thresholds }),
    threads: setup.general.threads,
    ...(setup.general.largestBatch > 1 && {
      batch: { largest: setup.general.largestBatch, waitMs: setup.general.batchWaitMs }
    }),
    providers: providersFor(setup.general.gpu, process.platform),
    pixelLimit
  }
}

/** What all instances of a run need: as an earlier run was measured, else estimated from the file. */
export function needsOf({ setup: { general }, model }: Pick<Computed, 'setup' | 'model'>): ResourceSums {
  const estimated = processBytes + weightsFactor * model.bytes
  const gpuBytes = general.gpu ? gpuContextBytes + weightsFactor * model.bytes : 0
  return {
    cpuThreads: general.instances * general.threads,
    memoryBytes: Math.round(general.instances * (model.instanceBytes ?? estimated)),
    gpuMemoryBytes: Math.round(general.instances * gpuBytes)
  }
}
