import type { Family } from '../../contract/index.ts'
import { classifier } from './classifier.ts'
import type { FamilyReader } from './family.ts'
import { rfDetr } from './rfDetr.ts'
import { yoloDetect } from './yoloDetect.ts'
import { yoloSegment } from './yoloSegment.ts'

/** Every family that is read, in the order in which they are asked whether a file is theirs. */
export const families: Record<Family, FamilyReader> = {
  'yolo-detect': yoloDetect,
  'yolo-segment': yoloSegment,
  'rf-detr': rfDetr,
  classifier
}
