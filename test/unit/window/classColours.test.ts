import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignColours, colour, paletteColour } from '../../../main/contract/index.ts'
import { classColours, inkOn } from '../../../renderer/ui/classColours.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

/** Contrast of two colours as WCAG 2 defines it. */
function contrast(a: string, b: string) {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(of: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(of.slice(at, at + 2), 16) / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : Math.pow((one + 0.055) / 1.055, 2.4)))
  return r * 0.2126 + g * 0.7152 + b * 0.0722
}

describe('colours of classes', () => {
  it('are Okabe and Ito’s first, then others, all of them colours and the first hundred different', () => {
    const first = Array.from({ length: 100 }, (_, index) => paletteColour(index))
    expect(first.slice(0, 7)).toEqual(['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#f0e442'])
    expect(first.filter((one) => !colour.safeParse(one).success)).toEqual([])
    expect(new Set(first).size).toBe(100)
  })

  it('are assigned so that each chosen one stays and no two classes share one of the palette', () => {
    const own = fc.option(
      fc.oneof(
        hex,
        fc.integer({ min: 0, max: 30 }).map((index) => paletteColour(index))
      )
    )
    fc.assert(
      fc.property(fc.array(own, { maxLength: 30 }), (given) => {
        const assigned = assignColours(given)
        given.forEach((one, index) => one && expect(assigned[index]).toBe(one))
        const others = assigned.filter((_, index) => given[index] === null)
        expect(new Set(others).size).toBe(others.length)
        expect(others.some((one) => given.includes(one))).toBe(false)
        expect(assignColours(assigned)).toEqual(assigned)
      })
    )
  })

  it('are the project’s for its classes, others for classes that it is about to get, grey for the rest', () => {
    const colourOf = classColours({ classes: ['dent', 'rust'], colours: ['#d55e00', '#123456'] }, ['rust', 'scratch'])
    expect(['dent', 'rust', 'scratch'].map(colourOf)).toEqual(['#d55e00', '#123456', '#009e73'])
    expect(colourOf('toString')).toBe('#8a94a3')
  })

  it('carry black or white text with the contrast that AA asks for, whichever is chosen', () => {
    fc.assert(fc.property(hex, (one) => contrast(one, inkOn(one)) >= 4.5))
  })
})
