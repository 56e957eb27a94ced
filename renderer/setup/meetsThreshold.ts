import type { Prediction, SizeThreshold } from '../../main/contract/index.ts'

/** Whether a prediction's area meets a threshold (F9), as the engine decides it; ends are inside. */
export function meetsThreshold({ class: name, mask }: Prediction, rule: SizeThreshold): boolean {
  if (!mask || !rule.classes.includes(name)) return false
  return isInRange(mask.areaPx, rule)
}

/** Whether an area in px lies in a threshold's range, whatever its class. */
export function isInRange(areaPx: number, { operator, value, secondValue = Infinity }: SizeThreshold): boolean {
  const [least, most] = operator === 'lte' ? [0, value] : [value, operator === 'gte' ? Infinity : secondValue]
  return areaPx >= least && areaPx <= most
}
