import sharp from 'sharp'
import type { Prediction } from '../../main/contract/index.ts'
import { cornersOf } from '../../main/engine/geometry/rotatedNms.ts'
import { decodeRle } from '../../main/engine/geometry/rle.ts'
import type { Judged, JudgedPicture, PackageCase } from './packageCase.ts'

/** Largest differences from a judge; of `iou` and `agreement` the least. */
export interface Differences {
  detections: number
  /** Without a counterpart within 1 px, not counting those `atFloor`. */
  unmatched: number
  /** On one side only, but no further above what is answered at all than a confidence may differ. */
  atFloor: number
  px: number
  confidence: number
  /** Of areas, as a share. */
  area: number
  iou: number
  /** The share of px of the same class. */
  agreement: number
  probability: number
}

/** What the requirements allow. */
export const allowed = { px: 1, confidence: 0.005, area: 0.01, iou: 0.99, agreement: 0.998, probability: 0.01 }

export function noDifferences(): Differences {
  return {
    detections: 0,
    unmatched: 0,
    atFloor: 0,
    px: 0,
    confidence: 0,
    area: 0,
    iou: 1,
    agreement: 1,
    probability: 0
  }
}

/** The larger of both in each respect; counts are added. */
export function worse(a: Differences, b: Differences): Differences {
  const [counts, most, least] = [
    ['detections', 'unmatched', 'atFloor'] as const,
    ['px', 'confidence', 'area', 'probability'] as const,
    ['iou', 'agreement'] as const
  ]
  const all = { ...a }
  for (const key of counts) all[key] = a[key] + b[key]
  for (const key of most) all[key] = Math.max(a[key], b[key])
  for (const key of least) all[key] = Math.min(a[key], b[key])
  return all
}

/** Words for what is beyond what is allowed; empty where nothing is. */
export function beyond(seen: Differences): string[] {
  const { px, confidence, area, iou, agreement, probability } = allowed
  return [
    ...(seen.unmatched > 0 ? [`${seen.unmatched} detections without a counterpart`] : []),
    ...(seen.px > px ? [`${seen.px} px`] : []),
    ...(seen.confidence > confidence ? [`confidence ${seen.confidence}`] : []),
    ...(seen.area > area ? [`area ${seen.area}`] : []),
    ...(seen.iou < iou ? [`mask IoU ${seen.iou}`] : []),
    ...(seen.agreement < agreement ? [`agreement ${seen.agreement}`] : []),
    ...(seen.probability > probability ? [`probability ${seen.probability}`] : [])
  ]
}

/** @param given The engine's answer, its masks as RLE. */
export async function differences(
  judge: PackageCase,
  picture: JudgedPicture,
  given: readonly Prediction[]
): Promise<Differences> {
  if (picture.map) return { ...noDifferences(), agreement: await agreement(judge, picture, given) }
  if (picture.probabilities) return { ...noDifferences(), probability: probability(picture.probabilities, given) }
  return paired(picture, given, floorOf(judge, picture))
}

/** Below this nothing is answered: the confidence floor, or what was last where more are not answered. */
function floorOf({ parameters }: PackageCase, { detections = [] }: JudgedPicture): number {
  const last = detections.length === parameters['maxDetections'] ? (detections.at(-1)?.confidence ?? 0) : 0
  return Math.max(Number(parameters['confidence'] ?? 0.25), last)
}

/** Pairs each detection with the nearest of its class; each of ours counts once. */
function paired({ size, detections = [] }: JudgedPicture, given: readonly Prediction[], floor: number): Differences {
  let seen = { ...noDifferences(), detections: detections.length }
  const left = [...given]
  const single = ({ confidence }: { confidence: number }) => {
    if (confidence <= floor + allowed.confidence) seen.atFloor++
    else seen.unmatched++
  }
  for (const one of detections) {
    const [nearest] = left
      .filter((ours) => ours.class === one.class)
      .map((ours) => ({ ours, px: distance(one, ours), confidence: Math.abs(one.confidence - ours.confidence) }))
      .sort((a, b) => a.px + a.confidence - (b.px + b.confidence))
    if (!nearest || nearest.px > allowed.px) {
      single(one)
      continue
    }
    left.splice(left.indexOf(nearest.ours), 1)
    const { px, confidence } = nearest
    seen = worse(seen, { ...noDifferences(), px, confidence, ...maskDifference(one, nearest.ours, size) })
  }
  left.forEach(single)
  return seen
}

/** The largest difference of a side; of a rotated box that of its corners, whichever is named first. */
function distance({ corners, polygon }: Judged, { box, rotatedBox }: Prediction): number {
  if (!box) return Infinity
  const ours = [box.x, box.y, box.x + box.width, box.y + box.height]
  const upright = Math.max(...corners.map((corner, at) => Math.abs(corner - ours[at]!)))
  if (!polygon) return upright
  if (!rotatedBox) return Infinity
  const turned = cornersOf(rotatedBox).flat()
  const from = [0, 2, 4, 6].map((start) =>
    Math.max(...polygon.map((value, at) => Math.abs(value - turned[(at + start) % 8]!)))
  )
  return Math.max(upright, Math.min(...from))
}

function maskDifference({ mask }: Judged, { mask: ours }: Prediction, [width, height]: [number, number]) {
  if (!mask) return {}
  if (!ours?.rle) return { iou: 0 }
  const area = mask.areaPx === ours.areaPx ? 0 : Math.abs(mask.areaPx - ours.areaPx) / mask.areaPx
  const theirs = decodeRle({ size: [height, width], counts: mask.counts })
  return { area, iou: maskIou(decodeRle(ours.rle).data, theirs.data) }
}

/** Intersection over union of two masks of one size; 1 where both are empty. */
export function maskIou(a: Uint8Array, b: Uint8Array): number {
  let [shared, either] = [0, 0]
  for (let at = 0; at < a.length; at++) {
    shared += a[at]! & b[at]!
    either += a[at]! | b[at]!
  }
  return either === 0 ? 1 : shared / either
}

function probability(expected: Record<string, number>, given: readonly Prediction[]): number {
  const known = given.filter((ours) => ours.class in expected)
  if (known.length === 0) return 1
  return Math.max(...known.map((ours) => Math.abs(ours.confidence - expected[ours.class]!)))
}

async function agreement({ spec }: PackageCase, { map = '', size }: JudgedPicture, given: readonly Prediction[]) {
  const { data, info } = await sharp(Buffer.from(map, 'base64'))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 1 || info.width !== size[0] || info.height !== size[1]) throw new Error('no map of this size')
  let same = 0
  for (const { class: name, mask } of given) {
    const classIndex = spec.classes.indexOf(name)
    const ours = decodeRle(mask!.rle!).data
    for (let at = 0; at < ours.length; at++) if (ours[at] === 1 && data[at] === classIndex) same++
  }
  return same / data.length
}
