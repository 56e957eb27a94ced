import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName } from '../../../main/host/labels/safeName.ts'

test.each([
  ['Surface check', 'Surface check'],
  ['Größe ≥ 3 µm – Prüfung', 'Größe ≥ 3 µm – Prüfung'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['  .hidden', 'hidden'],
  ['ends with dots...  ', 'ends with dots'],
  ['CON', 'CON_'],
  ['nul.txt', 'nul_.txt'],
  ['com1 .log', 'com1_ .log'],
  ['Lpt²', 'Lpt²_'],
  ['console', 'console'],
  ['...', 'unnamed'],
  ['line\nbreak\u0000', 'line_break_'],
  ['A\u0308rger', 'Ärger'],
  ['表面検査', '表面検査']
])('%j becomes %j', (given, wanted) => {
  expect(safeName(given)).toBe(wanted)
})

const forbidden = Array.from('<>:"/\\|?*')
const devices = ['con', 'prn', 'aux', 'nul', 'conin$', 'conout$'].concat(
  Array.from('0123456789¹²³').flatMap((digit) => [`com${digit}`, `lpt${digit}`])
)

test('whatever is given, the name is one that every file system takes', () => {
  const nasty = fc.constantFrom(...forbidden, ' ', '.', '\u0000', '\u202e', '\ud800', '𝔸', 'é', '/', 'CON', 'lpt1', '.')
  const given = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(nasty).map((parts) => parts.join(''))
  )
  const property = fc.property(given, (text) => {
    const name = safeName(text)
    expect(name.length).toBeGreaterThan(0)
    expect(Array.from(name).length).toBeLessThanOrEqual(60)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(150)
    expect(Array.from(name).some((character) => forbidden.includes(character) || character < ' ')).toBe(false)
    expect(name).toBe(name.trim())
    expect(name.startsWith('.') || name.endsWith('.')).toBe(false)
    expect(devices).not.toContain(name.split('.')[0]?.trim().toLowerCase())
    expect(name.isWellFormed()).toBe(true)
    expect(safeName(name)).toBe(name)
  })
  fc.assert(property, { numRuns: 500 })
})
