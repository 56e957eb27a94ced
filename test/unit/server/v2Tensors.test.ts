import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromJson, toJson } from '../../../main/host/server/v2/jsonData.ts'
import { packBytes, unpackBytes } from '../../../main/host/server/v2/tensor.ts'

const elements = {
  BOOL: fc.boolean(),
  UINT8: fc.integer({ min: 0, max: 255 }),
  INT16: fc.integer({ min: -32_768, max: 32_767 }),
  UINT32: fc.integer({ min: 0, max: 4_294_967_295 }),
  INT64: fc.maxSafeInteger(),
  FP32: fc.float({ noNaN: true }),
  FP64: fc.double({ noNaN: true }),
  BYTES: fc.string({ unit: 'grapheme' })
} as const

describe('tensors in JSON and as binary data', () => {
  it('are the same both ways, whatever they hold', () => {
    for (const [name, element] of Object.entries(elements)) {
      const datatype = name as keyof typeof elements
      fc.assert(
        fc.property(fc.array(element as fc.Arbitrary<unknown>), (data) => {
          expect(toJson(fromJson(data, datatype, [data.length], 'x'), datatype)).toEqual(data)
        }),
        { numRuns: 50 }
      )
    }
  })

  it('stand as the extension says: little-endian, texts with their length before them', () => {
    const hex = (data: unknown[], datatype: Parameters<typeof fromJson>[1]) =>
      Buffer.from(fromJson(data, datatype, [data.length], 'x')).toString('hex')
    expect(hex([1, -2.5], 'FP32')).toBe('0000803f000020c0')
    expect(hex([true, false], 'BOOL')).toBe('0100')
    expect(hex([258], 'UINT32')).toBe('02010000')
    expect(hex([-2], 'INT64')).toBe('feffffffffffffff')
    expect(hex(['é', ''], 'BYTES')).toBe('02000000c3a900000000')
    expect(toJson(Buffer.from('003c00c1', 'hex'), 'FP16')).toEqual([1, -2.5])
  })

  it('are nested as deep as the shape and no deeper', () => {
    expect(Buffer.from(fromJson([[[1, 2]], [[3, 4]]], 'UINT8', [2, 1, 2], 'x')).toString('hex')).toBe('01020304')
    expect(() => fromJson([[[1]]], 'UINT8', [1, 1], 'x')).toThrow('numbers')
    for (const wrong of [[256], [-1], [1.5], ['1'], [null]]) expect(() => fromJson(wrong, 'UINT8', [1], 'x')).toThrow()
  })

  it('of bytes are unpacked to what was packed, and nothing is read past the end', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), fc.nat(12), (parts, cut) => {
        const packed = packBytes(parts)
        expect(unpackBytes(packed)?.map((part) => [...part])).toEqual(parts.map((part) => [...part]))
        const found = unpackBytes(packed.subarray(0, Math.max(0, packed.length - cut)))
        if (cut > 0 && found) expect(found.length).toBeLessThanOrEqual(parts.length)
      })
    )
  })
})
