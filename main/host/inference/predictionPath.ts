import { setTimeout as wait } from 'node:timers/promises'
import type {
  ErrorCode,
  Figures,
  PredictAnswer,
  Prediction,
  PredictQuery,
  SampleOutcome,
  Setup,
  Task,
  Timing,
  Verdict
} from '../../contract/index.ts'
import { acceptedFormat } from '../../base/picture/decode.ts'
import { PictureError } from '../../base/picture/picture.ts'
import type { PictureFormat } from '../../base/picture/sniff.ts'
import { isoTimestamp } from '../clock.ts'
import type { Recorder } from '../labels/recorder.ts'
import { Refusal } from '../refusal.ts'
import type { Sampler } from '../sampling/sampler.ts'
import { verdictOf } from '../verdict/verdict.ts'
import type { Answered, Dispatcher } from './dispatcher.ts'
import { withMasks } from './maskForms.ts'
import { mergeMetadata, type MergedMetadata } from './metadata.ts'
import type { TensorAnswer, TensorRequest } from './tensorRequest.ts'
import type { RecordingTrouble, RecordingTroubleCode } from './recordingTrouble.ts'

/** One request of the line. */
export interface PredictRequest {
  requestId: string
  image: Uint8Array
  /** Overrides the setup's metadata, key by key. */
  metadata: Record<string, string>
  deadlineMs: number | undefined
  /** A person's try: not sampled, not counted, and the line's requests go first. */
  isTry: boolean
  /** How the answer gives masks; samples always have polygons. */
  masks?: PredictQuery['masks']
}

/** What every request of a run shares. */
export interface RunFacts {
  run: { id: string; importId: string; folder: string; startedAt: Date }
  setup: Setup
  task: Task
}

/** What is told of a run's requests; tries are not. */
export interface RequestListener {
  /** @param at When the request came. @param found What was answered, and the candidates. */
  answered(answer: PredictAnswer, at: Date, image: Uint8Array, found: readonly Prediction[]): void
  /** A request of tensors. */
  inferred(timing: Timing): void
  failed(code: ErrorCode): void
  recorded(): void
}

/** What the engine and the verdict's rules said of a request. */
interface Judged extends Answered {
  verdict: Verdict | null
}

/** An answer is held back for its recording at most this long. */
const recordingPatienceMs = 500

/** A request's way through a run: guard, engine, sampling, recording, answer. */
export class PredictionPath {
  readonly #facts: RunFacts
  readonly #dispatcher: Dispatcher
  readonly #sampler: Sampler
  readonly #recorder: Recorder
  readonly #listener: RequestListener
  readonly #trouble: RecordingTrouble

  constructor(
    facts: RunFacts,
    dispatcher: Dispatcher,
    sampler: Sampler,
    recorder: Recorder,
    listener: RequestListener,
    trouble: RecordingTrouble
  ) {
    this.#facts = facts
    this.#dispatcher = dispatcher
    this.#sampler = sampler
    this.#recorder = recorder
    this.#listener = listener
    this.#trouble = trouble
  }

  /** The next request that is no try is recorded. */
  recordNext(): void {
    this.#sampler.recordNext()
  }

  get samplingFigures(): Figures['sampling'] {
    return this.#sampler.figures
  }

  /** @throws Refusal as `Dispatcher.predict`, and INVALID_REQUEST, UNSUPPORTED_MEDIA_TYPE */
  async predict(request: PredictRequest): Promise<PredictAnswer> {
    try {
      return await this.#answer(request, performance.now())
    } catch (error) {
      if (!request.isTry) this.#listener.failed(failureOf(error))
      throw error
    }
  }

  /**
   * Runs the network on tensors as they are: same queue, deadline and counts; without a picture there is nothing to
   * sample, and without the family's decoding no threshold to hold anything against.
   * @throws Refusal as `Dispatcher.infer`
   */
  async infer({ inputs, deadlineMs }: TensorRequest): Promise<TensorAnswer> {
    const began = performance.now()
    try {
      const patience = deadlineMs ?? this.#facts.setup.general.deadlineMs
      const { result, queueMs } = await this.#dispatcher.infer(inputs, patience)
      const timing = { queueMs, ...result.timing, recordMs: 0, totalMs: performance.now() - began }
      this.#listener.inferred(timing)
      return { runId: this.#facts.run.id, outputs: result.outputs, timing }
    } catch (error) {
      this.#listener.failed(failureOf(error))
      throw error
    }
  }

  async #answer(request: PredictRequest, began: number): Promise<PredictAnswer> {
    const at = new Date()
    const format = formatOf(request.image)
    const deadlineMs = request.deadlineMs ?? this.#facts.setup.general.deadlineMs
    const { masks = 'polygon' } = request
    const form = masks === 'rle' ? 'rle' : 'polygon'
    const answered = this.#judge(await this.#dispatcher.predict(request.image, deadlineMs, request.isTry, form))
    const merged = this.#metadata(at, request.metadata, answered)
    const computed = timingOf(answered, began)
    const sample = request.isTry ? null : await this.#sample(request, at, format, answered, merged, computed)
    const timing = recordedTiming(computed, began, sample !== null && !('limited' in sample))
    const answer = this.#compose(request.requestId, answered, merged, sample, timing)
    if (!request.isTry) this.#listener.answered(answer, at, request.image, answered.result.predictions)
    return { ...answer, predictions: withMasks(answer.predictions, masks) }
  }

  #judge(answered: Answered): Judged {
    const { setup, task } = this.#facts
    return { ...answered, verdict: verdictOf(setup.verdict, answeredOf(answered.result.predictions), task) }
  }

  #metadata(at: Date, given: Record<string, string>, { model }: Answered): MergedMetadata {
    const { setup, run } = this.#facts
    const defaults = { timestamp: isoTimestamp(at), inference: setup.name, run: run.id, model: model.name }
    return mergeMetadata(defaults, setup.metadata, given)
  }

  #compose(
    requestId: string,
    { result, model, verdict }: Judged,
    { metadata }: MergedMetadata,
    sample: SampleOutcome,
    timing: Timing
  ): PredictAnswer {
    const { run, setup } = this.#facts
    return {
      requestId,
      inference: setup.slug,
      runId: run.id,
      model: { id: model.id, name: model.name },
      image: result.image,
      predictions: answeredOf(result.predictions),
      verdict,
      metadata,
      sample,
      timing
    }
  }

  async #sample(
    { requestId, image }: PredictRequest,
    at: Date,
    format: PictureFormat,
    { result, model, verdict }: Judged,
    merged: MergedMetadata,
    timing: Timing
  ): Promise<SampleOutcome> {
    const { predictions, image: size } = result
    const candidates = predictions.filter(({ candidate }) => candidate)
    const { reasons, limited } = this.#sampler.decide({ predictions: answeredOf(predictions), candidates })
    if (reasons.length === 0) return limited.length > 0 ? { id: null, limited } : null
    const { run, setup } = this.#facts
    const inference = { slug: setup.slug, name: setup.name }
    const about = { at, requestId, run, project: setup.project, inference, model }
    const kept = { size, predictions: withMasks(predictions, 'polygon'), reasons, verdict }
    const recorded = this.#recorder.record({ ...about, image, format, ...kept, ...merged, timing })
    return this.#outcome(recorded, reasons)
  }

  /** Late samples are still recorded, and counted when they are. */
  async #outcome(recorded: Promise<string>, reasons: string[]): Promise<SampleOutcome> {
    const patience = new AbortController()
    const settled = recorded.then(
      (id) => {
        this.#listener.recorded()
        return { id, reasons }
      },
      (error: unknown) => this.#troubled(codeOf(error), error)
    )
    const late = wait(recordingPatienceMs, 'late', { signal: patience.signal }).catch(() => 'late')
    const first = await Promise.race([settled, late])
    patience.abort()
    return typeof first === 'string' ? this.#troubled('RECORDING_LATE') : first
  }

  #troubled(code: RecordingTroubleCode, cause?: unknown): SampleOutcome {
    this.#trouble.happened(code, cause)
    return { id: null, error: { code } }
  }
}

/** Without the candidates below the confidence floor, which only the confidence rule and the sample see. */
function answeredOf(predictions: readonly Prediction[]): Prediction[] {
  return predictions.filter(({ candidate }) => !candidate)
}

/** Nothing but the accepted formats is let near a decoder. */
function formatOf(image: Uint8Array): PictureFormat {
  if (image.length === 0) throw new Refusal('INVALID_REQUEST', 'the image is empty; send its file as the body')
  try {
    return acceptedFormat(image)
  } catch (error) {
    throw error instanceof PictureError ? new Refusal(error.code, error.message) : error
  }
}

function failureOf(error: unknown): ErrorCode {
  return error instanceof Refusal ? error.code : 'INTERNAL'
}

function codeOf(error: unknown): RecordingTroubleCode {
  return error instanceof Refusal && error.code === 'STORAGE_FULL' ? 'STORAGE_FULL' : 'RECORDING_FAILED'
}

function timingOf({ result, queueMs }: Answered, began: number): Timing {
  return { queueMs, ...result.timing, recordMs: 0, totalMs: performance.now() - began }
}

function recordedTiming(timing: Timing, began: number, recorded: boolean): Timing {
  const totalMs = performance.now() - began
  return { ...timing, recordMs: recorded ? totalMs - timing.totalMs : 0, totalMs }
}
