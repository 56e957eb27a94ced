import { systemTime } from '../../base/timeSource.ts'
import type { Inference, LatestPrediction, PredictAnswer, Prediction } from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import { throttled, type Throttled } from '../../base/throttled.ts'
import type { RunOutputs } from '../outputs/runOutputs.ts'
import type { RecentRecorder } from '../recent/recentPredictions.ts'
import { seenFrom } from '../recent/recentRequests.ts'
import { Sampler } from '../sampling/sampler.ts'
import { describeRun } from './describeRun.ts'
import { instanceLimits } from './instanceLimits.ts'
import { Latest, latestOf } from './latest.ts'
import { loadingOf, needsOf, type Computed } from './loading.ts'
import type { RunMeasures } from './measures.ts'
import { notReady, notRunning } from './notReady.ts'
import { PredictionPath, type PredictRequest, type RequestListener } from './predictionPath.ts'
import { RecordingTrouble } from './recordingTrouble.ts'
import type { RunServices } from './runServices.ts'
import type { RunState } from './runState.ts'
import type { RunSubject } from './runSubject.ts'
import { ShutdownTimer } from './shutdownTimer.ts'
import { Supervisor } from './supervisor.ts'
import type { Served, TensorAnswer, TensorRequest } from './tensorRequest.ts'

/** Windows are told of a run's changes and predictions at most this often. */
const tellEveryMs = 250
/** Figures age while nothing happens. */
const refreshEveryMs = 5000

/** Who keeps what becomes of a run. */
export interface RunListener {
  /** The status or its reason has changed. */
  entered(state: RunState): void
  /** Its shutdown time has come. */
  shutdown(reason: string): void
}

/** An inference from start to stop. */
export class Run {
  /** Resolves with the reason once the run is over and its processes are gone. */
  readonly ended: Promise<string>
  readonly #services: RunServices
  readonly #listener: RunListener
  readonly #logger: Logger
  readonly #supervisor: Supervisor
  readonly #outputs: RunOutputs
  readonly #path: PredictionPath
  readonly #measures: RunMeasures
  readonly #recent: RecentRecorder
  readonly #latest = new Latest()
  readonly #tell: Throttled
  readonly #tellPrediction: Throttled
  #shutdown: ShutdownTimer | undefined
  #subject: RunSubject
  #nextModel: Inference['nextModel'] = null
  #entered: RunState | undefined
  #lastPreparingMs: number | null

  constructor(subject: RunSubject, services: RunServices, listener: RunListener) {
    this.#subject = subject
    this.#lastPreparingMs = subject.lastPreparingMs
    this.#services = services
    this.#listener = listener
    const { slug } = subject.setup
    this.#logger = services.logger.child({ inference: slug, run: subject.run.id })
    this.#measures = services.measures(slug)
    this.#recent = services.recent.follow(slug, seenFrom(subject.setup))
    this.#tell = throttled(() => this.#publish(), tellEveryMs)
    this.#tellPrediction = throttled(() => this.#publishPrediction(), tellEveryMs)
    this.#supervisor = this.#supervise()
    this.#outputs = services.outputs(subject.setup.outputs, this.#logger, this.#tell)
    this.#path = this.#pathOf()
    this.ended = this.#untilEnded()
  }

  get subject(): RunSubject {
    return this.#subject
  }

  get state(): RunState {
    return this.#supervisor.state
  }

  /** The model that is being put under it. */
  get nextModel(): Inference['nextModel'] {
    return this.#nextModel
  }

  /** Whether it computes with a model, or is about to. */
  uses(model: string): boolean {
    const next = this.#nextModel
    return this.#subject.model.id === model || (next?.id === model && next.failed === null)
  }

  /** The most memory that an instance of the present model used, 0 before it was measured. */
  get peakBytes(): number {
    return this.#supervisor.peakBytes
  }

  /** Brings it up; on a failed run, tries now. */
  start(): void {
    this.#supervisor.start()
  }

  /** Ends it once what was accepted is answered. */
  stop(reason: string): void {
    this.#supervisor.stop(reason)
  }

  /** Ends a stopping run at once. */
  abort(): void {
    this.#supervisor.abort()
    this.#outputs.abort()
  }

  /** @throws Refusal INFERENCE_NOT_RUNNING, INFERENCE_NOT_READY, or as `PredictionPath.predict` */
  async predict(request: PredictRequest): Promise<PredictAnswer> {
    if (!request.isTry) this.#shutdown?.touch()
    this.#mustBeReady(request.isTry)
    return this.#path.predict(request)
  }

  /** Runs the network on tensors as they are. @throws as `predict` */
  async infer(request: TensorRequest): Promise<TensorAnswer> {
    this.#shutdown?.touch()
    this.#mustBeReady(false)
    return this.#path.infer(request)
  }

  get served(): Served {
    const { tensors } = this.#supervisor
    return { model: this.#subject.model, tensors, isReady: this.state.status === 'healthy' }
  }

  #mustBeReady(isTry: boolean): void {
    const refusal = notReady(this.#subject.setup.slug, this.state)
    if (!refusal) return
    if (!isTry && refusal.code === 'INFERENCE_NOT_READY') this.#measures.failed(refusal.code)
    throw refusal
  }

  /** The next request is recorded. @throws Refusal INFERENCE_NOT_RUNNING */
  recordNext(): void {
    const { status } = this.state
    if (status === 'stopped' || status === 'stopping') throw notRunning(this.#subject.setup.slug, status)
    this.#path.recordNext()
  }

  /** Pictures over which engines died may be tried again. */
  clearRefusedImages(): void {
    this.#supervisor.dispatcher.clearRefusedImages()
    this.#tell()
  }

  /**
   * Brings up instances of another model beside the present ones (F17b). Resolves once `takeOver` may be called.
   * @throws Refusal CONFLICT where there is no room, at once; rejects where they could not start
   */
  prepareModel(next: Computed): Promise<void> {
    const { id, spec } = next.model
    const prepared = this.#supervisor.stage(loadingOf(next, this.#services), needsOf(next))
    this.#nextModel = { id, name: spec.name, version: spec.version, failed: null }
    this.#logger.info(`the model “${spec.name}” ${spec.version} is being loaded beside the present one`)
    this.#tell()
    return prepared
  }

  /** The prepared model answers from now on. False where it cannot any more. */
  takeOver(next: Computed): boolean {
    if (!this.#supervisor.takeOver()) return false
    this.#subject = { ...this.#subject, ...next }
    this.#nextModel = null
    this.#logger.info(`the model “${next.model.spec.name}” ${next.model.spec.version} computes from now on`)
    this.#tell()
    return true
  }

  /** The present model goes on. */
  keepModel(reason: string): void {
    this.#supervisor.dropNext(reason)
    if (this.#nextModel) this.#nextModel = { ...this.#nextModel, failed: reason }
    this.#logger.error(`the other model could not be put under the run, the present one goes on: ${reason}`)
    this.#tell()
  }

  /** The newest first. */
  get latest(): LatestPrediction[] {
    return this.#latest.list()
  }

  latestImage(requestId: string): Uint8Array | undefined {
    return this.#latest.image(requestId)
  }

  describe(): Inference {
    const { state, queue, instances, dispatcher } = this.#supervisor
    const { slug } = this.#subject.setup
    const { endpoint, counters } = this.#services
    const { queued, unanswered } = dispatcher
    const figures = { ...this.#measures.figures(queued), unanswered, sampling: this.#path.samplingFigures }
    return describeRun(this.#subject, endpoint(slug), {
      ...{ state, queue, instances, figures },
      lastPreparingMs: this.#lastPreparingMs,
      shutdownAt: this.#shutdown?.at ?? null,
      nextModel: this.#nextModel,
      refusedImages: dispatcher.refusedImages,
      counter: counters.of(slug),
      outputs: this.#outputs.health
    })
  }

  #supervise(): Supervisor {
    const { scheduler, random = Math.random } = this.#services
    const { name, general } = this.#subject.setup
    const { instances, queue } = general
    const loading = loadingOf(this.#subject, this.#services)
    const [needs, limits] = [needsOf(this.#subject), instanceLimits(general)]
    const onChange = () => this.#changed()
    const about = { name, instances, queue, loading, needs, limits }
    return new Supervisor({ ...about, scheduler, logger: this.#logger, random, onChange })
  }

  #pathOf(): PredictionPath {
    const { recorder, random = Math.random } = this.#services
    const { run, setup, model } = this.#subject
    const { task } = model.spec
    const { dispatcher } = this.#supervisor
    const trouble = new RecordingTrouble(this.#logger, (code) => this.#measures.recordingTroubled(code))
    const sampler = new Sampler({ ...setup, task, random })
    const listener = this.#requestListener()
    return new PredictionPath({ run, setup, task }, dispatcher, sampler, recorder, listener, trouble)
  }

  #requestListener(): RequestListener {
    return {
      answered: (...answered) => this.#counted(() => this.#answered(...answered)),
      inferred: (timing) => this.#counted(() => this.#measures.inferred(timing)),
      failed: (code) => this.#counted(() => this.#measures.failed(code)),
      recorded: () => this.#measures.recorded()
    }
  }

  #counted(count: () => void): void {
    this.#shutdown?.touch()
    count()
    this.#measures.waiting(this.#supervisor.dispatcher.queued)
    this.#tell()
  }

  #answered(answer: PredictAnswer, at: Date, image: Uint8Array, found: readonly Prediction[]): void {
    const latest = latestOf(answer, at)
    this.#latest.add(latest, image)
    this.#measures.answered(latest, answer.timing)
    this.#recent.answered({ at: at.getTime(), model: answer.model.id, bytes: image.length }, found)
    this.#outputs.offer(answer)
    this.#tellPrediction()
  }

  #changed(): void {
    const { state } = this
    const before = this.#entered
    this.#entered = state
    if (before?.status === 'preparing' && state.status === 'healthy') this.#lastPreparingMs = state.since - before.since
    if (state.status !== before?.status || state.reason !== before.reason) this.#listener.entered(state)
    // Time in the queue is not counted, neither as idle nor from the start.
    if (state.status === 'preparing') this.#shutdown ??= this.#shutdownTimer()
    this.#tell()
  }

  /** A run that is not healthy is not idle: somebody must see what is wrong with it. */
  #shutdownTimer(): ShutdownTimer {
    const { time = systemTime } = this.#services
    const isIdle = () => this.state.status === 'healthy'
    return new ShutdownTimer(this.#subject.setup.general.shutdown, time, isIdle, (reason) =>
      this.#listener.shutdown(reason)
    )
  }

  async #untilEnded(): Promise<string> {
    const refresh = setInterval(this.#tell, refreshEveryMs).unref()
    const reason = await this.#supervisor.ended
    await this.#outputs.close()
    clearInterval(refresh)
    this.#shutdown?.close()
    await this.#tellPrediction.close()
    await this.#tell.close()
    this.#measures.ended()
    this.#recent.ended()
    return reason
  }

  #publish(): void {
    this.#services.events.publish({ type: 'inference', inference: this.describe() })
  }

  #publishPrediction(): void {
    const [latest] = this.#latest.list()
    if (latest) this.#services.events.publish({ type: 'prediction', slug: this.#subject.setup.slug, latest })
  }
}
