import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineOf } from '../../../renderer/setup/useCurrentSection.ts'

const pages = fc.record({ clientHeight: fc.integer({ min: 300, max: 2000 }), more: fc.integer({ min: 0, max: 9000 }) })

test('the line under which somebody reads goes over the whole page, from its head to its end, and never back', () => {
  const property = fc.property(pages, ({ clientHeight, more }) => {
    const scrollHeight = clientHeight + more
    const placeAt = (scrollTop: number) => scrollTop + lineOf({ scrollTop, scrollHeight, clientHeight })
    const steps = Array.from({ length: 51 }, (_, step) => placeAt((more * step) / 50))
    expect(steps.every((place, index) => index === 0 || place >= (steps[index - 1] ?? 0) - 1e-6)).toBe(true)
    if (more === 0) return
    expect(steps.at(-1)).toBeCloseTo(scrollHeight)
    if (more >= clientHeight) expect(steps[0]).toBe(120)
  })
  fc.assert(property)
})
