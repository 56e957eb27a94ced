import type { Task } from '../../contract/index.ts'
import type { Moment } from './moments.ts'
import type { SamplingSetup } from './rules.ts'
import { Sampler } from './sampler.ts'

/** Of the requests, so many are expected to be recorded. */
export interface Played {
  samples: number
  /** Of these, those for which more than one kind of rule held. */
  byMoreThanOne: number
}

/** One course of the random rule's numbers, and how much it counts; all weights make 1. */
export interface Course {
  weight: number
  /** Begins the course: each call of what it gives is the next number. */
  begin: () => () => number
}

/** Where a limit makes requests depend on each other, the expected value is the mean of so many courses. */
const spread = 20
const goldenRatio = (Math.sqrt(5) - 1) / 2

/**
 * Lets the sampler of a run decide on requests that have been, at their times. What is recorded by chance is the expected
 * value: exact where no limit follows from chance, else the mean of evenly spread courses.
 */
export function play(
  setup: SamplingSetup,
  task: Task,
  moments: readonly Moment[],
  courses: readonly Course[] = coursesFor(setup)
): Played {
  const played = { samples: 0, byMoreThanOne: 0 }
  for (const { weight, begin } of courses) {
    const once = playOnce(setup, task, moments, begin())
    played.samples += weight * once.samples
    played.byMoreThanOne += weight * once.byMoreThanOne
  }
  return played
}

function playOnce(setup: SamplingSetup, task: Task, moments: readonly Moment[], random: () => number): Played {
  let now = 0
  const sampler = new Sampler({ ...setup, task, random, now: () => now })
  const played = { samples: 0, byMoreThanOne: 0 }
  for (const moment of moments) {
    now = moment.at
    const { reasons } = sampler.decide(moment)
    if (reasons.length > 0) played.samples += 1
    if (new Set(reasons.map(kindOf)).size > 1) played.byMoreThanOne += 1
  }
  return played
}

/** All chosen classes are one kind of rule, and so are all size thresholds. */
const kindOf = (reason: string) => reason.split(':', 1)[0]

/**
 * Without limits each request is recorded with the random rule or without it, whatever became of the others: two courses,
 * one in which it always holds and one in which it never does, weigh as its probability says. With limits it matters
 * when it holds; there each request's number goes evenly through all of 0 to 1 over the courses.
 */
export function coursesFor({ sampling: { random, limits } }: SamplingSetup): Course[] {
  const { probability } = random ?? { probability: 0 }
  if (probability === 0 || !(isLimiting(limits?.run) || isLimiting(limits?.rules?.['random']))) {
    const always = { weight: probability, begin: () => () => 0 }
    const never = { weight: 1 - probability, begin: () => () => 1 }
    return [always, never].filter(({ weight }) => weight > 0)
  }
  return Array.from({ length: spread }, (_, at) => ({ weight: 1 / spread, begin: () => evenly(at / spread) }))
}

const isLimiting = (limits: object | undefined) => Object.values(limits ?? {}).some(Boolean)

/** Numbers from 0 to 1 that fill it evenly, beginning with `first`. */
function evenly(first: number): () => number {
  let next = first
  return () => {
    const given = next
    next = (next + goldenRatio) % 1
    return given
  }
}
