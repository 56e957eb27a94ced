import { useState } from 'react'
import type { Inference } from '../../main/contract/index.ts'

/**
 * The rows to show. While somebody points at one of them, or is in one by keyboard, none moves: what goes out of the
 * filter stays, what comes into it is added at the end. `filter` names what was asked for; another one counts at once.
 */
export function useCalmOrder(
  wanted: readonly Inference[],
  all: readonly Inference[],
  filter: string,
  isHeld: boolean
): Inference[] {
  const [shown, setShown] = useState({ filter, order: slugsOf(wanted) })
  const order = nextOrder(shown, slugsOf(wanted), filter, isHeld)
  if (filter !== shown.filter || order.join() !== shown.order.join()) setShown({ filter, order })
  return order.flatMap((slug) => all.find((item) => item.slug === slug) ?? [])
}

/** The order after this one. */
export function nextOrder(
  shown: { filter: string; order: readonly string[] },
  wanted: readonly string[],
  filter: string,
  isHeld: boolean
): readonly string[] {
  if (!isHeld || filter !== shown.filter) return wanted
  return [...shown.order, ...wanted.filter((slug) => !shown.order.includes(slug))]
}

const slugsOf = (items: readonly Inference[]): readonly string[] => items.map(({ slug }) => slug)
