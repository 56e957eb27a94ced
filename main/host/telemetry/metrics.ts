import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import {
  inferenceStatus,
  type Inference,
  type LatestPrediction,
  type Outcome,
  type Timing
} from '../../contract/index.ts'
import { stageTimes } from './stages.ts'

const buckets = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

/** What Prometheus is told; a registry of its own, so that two hosts in one process do not mix. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #inferences: () => Promise<Inference[]>
  readonly #requests = this.#counter('lineside_requests_total', 'Requests of the line.', ['inference', 'outcome'])
  readonly #failures = this.#counter(
    'lineside_failures_total',
    'Requests that were not answered, by the error’s code.',
    ['inference', 'code']
  )
  readonly #predictions = this.#counter('lineside_predictions_total', 'What was found, unknown or not.', [
    'inference',
    'unknown'
  ])
  readonly #verdicts = this.#counter('lineside_verdicts_total', 'Images of the line by verdict.', [
    'inference',
    'outcome'
  ])
  readonly #recorded = this.#counter('lineside_samples_recorded_total', 'Samples recorded.', ['inference'])
  readonly #troubles = this.#counter('lineside_recording_failures_total', 'Samples late or lost.', [
    'inference',
    'code'
  ])
  readonly #queued = this.#gauge('lineside_queued_requests', 'Requests that wait now.', ['inference'])
  readonly #ready = this.#gauge('lineside_ready_instances', 'Instances that are ready now.', ['inference'])
  readonly #outputs = this.#gauge('lineside_output_failing', '1 while an output does not deliver.', [
    'inference',
    'output'
  ])
  readonly #outputQueues = this.#gauge('lineside_output_queued', 'Results that wait for an output.', [
    'inference',
    'output'
  ])
  readonly #status = this.#gauge('lineside_inference_status', '1 for the present status.', ['inference', 'status'])
  readonly #seconds = new Histogram({
    name: 'lineside_request_seconds',
    help: 'Time of answered requests by stage.',
    labelNames: ['inference', 'stage'],
    buckets,
    registers: [this.#registry]
  })

  /** @param inferences Asked at each `render`, for what is of the moment. */
  constructor(inferences: () => Promise<Inference[]>) {
    this.#inferences = inferences
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** In Prometheus' text format. */
  async render(): Promise<string> {
    this.#queued.reset()
    this.#ready.reset()
    this.#status.reset()
    this.#outputs.reset()
    this.#outputQueues.reset()
    for (const inference of await this.#inferences()) this.#show(inference)
    return this.#registry.metrics()
  }

  answered(inference: string, { predictions }: Pick<LatestPrediction, 'predictions'>, timing: Timing): void {
    this.#requests.inc({ inference, outcome: 'answered' })
    for (const [stage, ms] of stageTimes(timing)) this.#seconds.observe({ inference, stage }, ms / 1000)
    const unknown = predictions.filter((prediction) => prediction.unknown).length
    this.#predictions.inc({ inference, unknown: 'true' }, unknown)
    this.#predictions.inc({ inference, unknown: 'false' }, predictions.length - unknown)
  }

  failed(inference: string, code: string): void {
    this.#requests.inc({ inference, outcome: 'failed' })
    this.#failures.inc({ inference, code })
  }

  judged(inference: string, outcome: Outcome): void {
    this.#verdicts.inc({ inference, outcome })
  }

  recorded(inference: string): void {
    this.#recorded.inc({ inference })
  }

  recordingTroubled(inference: string, code: string): void {
    this.#troubles.inc({ inference, code })
  }

  #show({ slug, status, figures, instances, outputs }: Inference): void {
    for (const { name, state, queued } of outputs) {
      this.#outputs.set({ inference: slug, output: name }, Number(state === 'failing'))
      this.#outputQueues.set({ inference: slug, output: name }, queued)
    }
    this.#queued.set({ inference: slug }, figures.queued)
    this.#ready.set({ inference: slug }, instances.filter(({ state }) => state === 'ready').length)
    for (const one of inferenceStatus.options)
      this.#status.set({ inference: slug, status: one }, Number(one === status))
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] })
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] })
  }
}
