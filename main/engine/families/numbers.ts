import { ModelRefusal } from '../modelRefusal.ts'
import type { OutputTensor } from './family.ts'

/**
 * The values, if they can be believed: a network that overflows (float16, a wrong scale) must not pass for one that
 * found nothing. One sum tells, as every NaN, and infinities of both signs, end up in it.
 * @throws ModelRefusal
 */
export function numbers({ name, data }: OutputTensor): Float32Array {
  let sum = 0
  for (let at = 0; at < data.length; at++) sum += data[at] ?? 0
  if (!Number.isNaN(sum) && sum !== Infinity) return data
  throw new ModelRefusal('MODEL_UNSUPPORTED', `the model answered NaN or infinity in ${name}; check the input's scale`)
}
