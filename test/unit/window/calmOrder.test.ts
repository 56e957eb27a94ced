import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextOrder } from '../../../renderer/inference/useCalmOrder.ts'

const slugs = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'))

test('rows that somebody is at keep their places, and none that is wanted is missing', () => {
  const property = fc.property(slugs, slugs, (order, wanted) => {
    const next = nextOrder({ filter: 'x', order }, wanted, 'x', true)
    expect(next.slice(0, order.length)).toEqual(order)
    expect(new Set(next)).toEqual(new Set([...order, ...wanted]))
    expect(new Set(next).size).toBe(next.length)
  })
  fc.assert(property)
})

test('rows that nobody is at, or that another filter asks for, are those that are wanted', () => {
  const shown = { filter: 'x', order: ['a', 'b'] }
  expect(nextOrder(shown, ['b', 'c'], 'x', false)).toEqual(['b', 'c'])
  expect(nextOrder(shown, ['b', 'c'], 'y', true)).toEqual(['b', 'c'])
})
