import { describe, expect, it } from 'vitest'
import { packageCases, readPackageCase } from '../parity/packageCase.ts'
import { beyond } from '../parity/packageComparison.ts'
import { judge } from '../parity/packageJudge.ts'

/**
 * Against the families' own packages (test/parity/packages.py), on every fourth picture of the repository. All pictures,
 * and the models of ../shared: `npm run parity`.
 */

const cases = packageCases().filter((name) => !readPackageCase(name).model.file.startsWith('../shared'))

function isShort(name: string): (picture: string) => boolean {
  const own = Object.keys(readPackageCase(name).pictures).filter((picture) => picture.startsWith('test/'))
  const chosen = new Set(own.filter((_, at) => at % 4 === 0))
  return (picture) => chosen.has(picture)
}

it('has a judge for every family, on at least 30 pictures each', () => {
  const families = new Set(cases.map((name) => readPackageCase(name).spec.family))
  const all = ['classifier', 'pidnet', 'rf-detr', 'rt-detr', 'yolo-detect', 'yolo-obb', 'yolo-segment']
  expect([...families].sort()).toEqual(all)
  for (const name of cases) {
    const pictures = Object.values(readPackageCase(name).pictures)
    expect(pictures.length, name).toBeGreaterThanOrEqual(30)
    expect(new Set(pictures.map(({ size }) => size.join(' × '))).size, name).toBeGreaterThanOrEqual(20)
    const detections = pictures.flatMap((picture) => picture.detections ?? [])
    if (pictures[0]?.detections) expect(detections.length, name).toBeGreaterThanOrEqual(100)
  }
})

describe('the engine, against the packages', () => {
  it.each(cases)('%s', async (name) => {
    const verdict = await judge(name, isShort(name))
    expect(verdict?.pictures).toBeGreaterThanOrEqual(7)
    expect(Object.entries(verdict?.byPicture ?? {}).flatMap(([picture, seen]) => beyond(seen).map((it) => `${picture}: ${it}`))).toEqual([]) // prettier-ignore
  })
})
