import { ModelRefusal } from '../modelRefusal.ts'
import type { OutputTensor } from './family.ts'

/**
 * The values, if they can be believed: a network that overflows (float16, a wrong scale) must not pass for one that
 * found nothing. Sums tell, as every NaN, and infinities of both signs, end up in them; four at once, because each
 * addition waits for the one before it.
 * @throws ModelRefusal
 */
export function numbers({ name, data }: OutputTensor): Float32Array {
  let [a, b, c, d] = [0, 0, 0, 0]
  const whole = data.length - (data.length % 4)
  for (let at = 0; at < whole; at += 4) {
    a += data[at] ?? 0
    b += data[at + 1] ?? 0
    c += data[at + 2] ?? 0
    d += data[at + 3] ?? 0
  }
  for (let at = whole; at < data.length; at++) a += data[at] ?? 0
  const sum = a + b + c + d
  if (!Number.isNaN(sum) && sum !== Infinity) return data
  throw new ModelRefusal('MODEL_UNSUPPORTED', `the model answered NaN or infinity in ${name}; check the input's scale`)
}
