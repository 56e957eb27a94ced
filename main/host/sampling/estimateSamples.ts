import { setImmediate as breath } from 'node:timers/promises'
import type { SamplingEstimate } from '../../contract/index.ts'
import type { RecentRequest } from '../recent/recentRequests.ts'
import { momentsOf, type JudgingSetup, type Moment } from './moments.ts'
import { least, mostOfRule, mostOfRun, type Most } from './mostSamples.ts'
import { coursesFor, play, type Course, type Played } from './play.ts'
import { rulesAlone } from './rulesAlone.ts'

/** How often requests come, and what a sample takes on the disk. */
export interface Rates {
  /** Null where it is not known. */
  requestsPerHour: number | null
  bytesPerSample: number
}

type Estimated = Pick<SamplingEstimate, 'rules' | 'together'>

/** Of an hour and a day; null where the rate is not known. */
interface Rate {
  perHour: number | null
  perDay: number | null
}

/**
 * What a setup would have recorded of recent requests (there is at least one): the sampler of a run decides on each at
 * its time. What is said of an hour scales that by the rate at which requests come, and keeps limits that are longer
 * than the time that the requests cover.
 */
export async function estimateSamples(
  setup: JudgingSetup,
  requests: readonly RecentRequest[],
  { requestsPerHour, bytesPerSample }: Rates
): Promise<Estimated> {
  const moments = momentsOf(setup, requests)
  const hourly = (samples: number) => (requestsPerHour === null ? null : (samples / requests.length) * requestsPerHour)
  const courses = coursesFor(setup)
  const { rules, played, rate } = await estimate(setup, moments, courses, hourly)
  // By the same chance, so that nothing is held back where no limit is reached.
  const free = setup.sampling.limits ? await estimate(withoutLimits(setup), moments, courses, hourly) : { rate }
  return {
    rules: rules.map(({ rule, samples, perHour }) => ({ rule, samples, perHour })),
    together: {
      ...{ ...played, ...rate },
      byMoreThanOnePerHour: combined(rate.perHour, played.byMoreThanOne, (all, shared) =>
        shared === 0 ? 0 : (all * shared) / played.samples
      ),
      heldBackPerHour: combined(free.rate.perHour, rate.perHour, (all, kept) => Math.max(0, all - kept)),
      bytesPerHour: combined(rate.perHour, bytesPerSample, (samples, bytes) => samples * bytes),
      bytesPerDay: combined(rate.perDay, bytesPerSample, (samples, bytes) => samples * bytes)
    }
  }
}

type RuleRate = Rate & { rule: string; samples: number }

async function estimate(
  setup: JudgingSetup,
  moments: readonly Moment[],
  courses: readonly Course[],
  hourly: (samples: number) => number | null
): Promise<{ rules: RuleRate[]; played: Played; rate: Rate }> {
  const rules: RuleRate[] = []
  for (const one of rulesAlone(setup)) {
    const { samples } = play(one.setup, setup.task, moments)
    rules.push({ rule: one.rule, samples, ...within(hourly(samples), mostOfRule(setup, one.rule)) })
    await breath()
  }
  const played = play(setup, setup.task, moments, courses)
  await breath()
  return { rules, played, rate: within(hourly(played.samples), mostTogether(setup, rules)) }
}

/** Together no more is recorded than by each rule alone in sum, and than the run's limits allow. */
function mostTogether(setup: JudgingSetup, rules: readonly RuleRate[]): Most {
  const counted = rules.filter(({ rule }) => !rule.startsWith('size:'))
  const sum = (of: (rate: Rate) => number | null) => counted.reduce((all, one) => all + (of(one) ?? 0), 0)
  const byRules = { perHour: sum(({ perHour }) => perHour), perDay: sum(({ perDay }) => perDay) }
  return least([mostOfRun(setup), byRules])
}

function within(hourly: number | null, most: Most): Rate {
  if (hourly === null) return { perHour: null, perDay: null }
  const perHour = Math.min(hourly, most.perHour)
  return { perHour, perDay: Math.min(24 * perHour, most.perDay) }
}

function withoutLimits(setup: JudgingSetup): JudgingSetup {
  const { limits: _, ...sampling } = setup.sampling
  return { ...setup, sampling }
}

function combined(a: number | null, b: number | null, how: (a: number, b: number) => number): number | null {
  return a === null || b === null ? null : how(a, b)
}
