import { useEffect, useRef, useState } from 'react'
import { sectionId } from './sectionId.ts'
import type { Section } from './useSetupForm.ts'

/** How far below the top of the page's scrolled part somebody reads, in px: under its head. */
const readingLine = 120
/** What people scroll with, or press before a jump. */
const byHand = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * The section that is read now, and how to say that one is jumped to: it stays the current one until somebody scrolls,
 * since one at the end of the page cannot come to its top.
 */
export function useCurrentSection(sections: readonly Section[]) {
  const [current, setCurrent] = useState<Section>(sections[0] ?? 'general')
  const isJumping = useRef(false)
  const known = sections.join()
  useEffect(() => {
    const scroller = document.querySelector('main')
    if (!scroller) return
    const read = () => {
      if (isJumping.current) return
      const tops = sections.flatMap((section) => {
        const element = document.getElementById(sectionId(section))
        return element ? [{ section, top: element.getBoundingClientRect().top }] : []
      })
      const line = scroller.getBoundingClientRect().top + lineOf(scroller)
      const reached = tops.findLast(({ top }) => top <= line) ?? tops[0]
      if (reached) setCurrent(reached.section)
    }
    const takeOver = () => (isJumping.current = false)
    scroller.addEventListener('scroll', read, { passive: true })
    for (const name of byHand) window.addEventListener(name, takeOver, { passive: true, capture: true })
    return () => {
      scroller.removeEventListener('scroll', read)
      for (const name of byHand) window.removeEventListener(name, takeOver, { capture: true })
    }
    // The list is a new one at each change of the form; what counts is what is in it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [known])
  const jumpTo = (section: Section) => {
    isJumping.current = true
    setCurrent(section)
  }
  return [current, jumpTo] as const
}

/**
 * Where somebody reads, from the top of what is in sight. In the last screenful it moves down to its end, so that every
 * section there is comes under it.
 */
export function lineOf({
  scrollTop,
  scrollHeight,
  clientHeight
}: Pick<Element, 'scrollTop' | 'scrollHeight' | 'clientHeight'>) {
  const most = scrollHeight - clientHeight
  const span = Math.min(most, clientHeight)
  const share = span <= 0 ? 0 : 1 - Math.min(1, (most - scrollTop) / span)
  return readingLine + share * Math.max(0, clientHeight - readingLine)
}
