import type { Family } from '../../contract/families.ts'
import { classifier } from './classifier.ts'
import type { FamilyReader } from './family.ts'
import { pidnet } from './pidnet.ts'
import { rtDetr } from './rtDetr.ts'
import { rfDetr } from './rfDetr.ts'
import { yoloDetect } from './yoloDetect.ts'
import { yoloSegment } from './yoloSegment.ts'
import { yoloObb } from './yoloObb.ts'

/** Every family that is read, in the order in which they are asked whether a file is theirs. */
export const families: Record<Family, FamilyReader> = {
  'yolo-detect': yoloDetect,
  'yolo-segment': yoloSegment,
  'yolo-obb': yoloObb,
  classifier,
  pidnet,
  'rt-detr': rtDetr,
  'rf-detr': rfDetr
}
