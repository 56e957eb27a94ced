import type { OutputTensor } from '../../main/engine/families/family.ts'

/** What models would answer, drawn from a seed, so that every run decodes the same. */

export const segmenter = { classes: 80, coefficients: 32, anchors: 8400, side: 640, prototypes: 160, objects: 100 }
export const semantic = { classes: 19, width: 1920, height: 1080, stride: 8 }

/** Numbers in [0, 1) that look random; a linear congruential generator (Numerical Recipes). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * Columns and prototypes of a YOLO segmenter that sees 100 objects on a 16:9 picture, ten anchors for each; boxes of 20
 * to 130 px of the input. The prototypes are waves, so that edges of masks run through their boxes.
 */
export function segmenterOutputs(): OutputTensor[] {
  const random = seeded(1)
  const { classes, coefficients, anchors, objects } = segmenter
  const rows = 4 + classes + coefficients
  const data = new Float32Array(rows * anchors)
  for (let at = 4 * anchors; at < (4 + classes) * anchors; at++) data[at] = random() * 0.1
  for (let object = 0; object < objects; object++) {
    const shape = objectOf(object, random)
    for (let copy = 0; copy < 10; copy++) {
      const anchor = object * 80 + copy * 8
      columnOf(shape, copy, random).forEach((value, row) => (data[row * anchors + anchor] = value))
    }
  }
  return [
    { name: 'output0', dims: [1, rows, anchors], data },
    { name: 'output1', dims: [1, coefficients, segmenter.prototypes, segmenter.prototypes], data: waves() }
  ]
}

interface Shape {
  box: [number, number, number, number]
  classIndex: number
  coefficients: number[]
}

/** On a lattice of 13 × 8 places over the picture, so that neighbours overlap little. */
function objectOf(object: number, random: () => number): Shape {
  const [column, row] = [object % 13, Math.floor(object / 13)]
  const size = () => 20 * 6.5 ** random()
  return {
    box: [(column + 0.5) * 49, 140 + (row + 0.5) * 45, size(), size()],
    classIndex: Math.floor(random() * segmenter.classes),
    coefficients: Array.from({ length: segmenter.coefficients }, (_, at) => (at === 0 ? 1 : (random() - 0.5) * 0.8))
  }
}

/** The best anchor of an object is its first; the others lie a little beside it. */
function columnOf({ box, classIndex, coefficients }: Shape, copy: number, random: () => number): number[] {
  const scores = Array.from({ length: segmenter.classes }, (_, at) =>
    at === classIndex ? 0.95 - copy * 0.02 : random() * 0.1
  )
  const beside = box.map((value) => value + copy * 0.1 * (random() - 0.5))
  return [...beside, ...scores, ...coefficients]
}

/** One prototype that is 1 everywhere, and 31 of products of two cosines. */
function waves(): Float32Array {
  const { coefficients, prototypes: side } = segmenter
  return Float32Array.from({ length: coefficients * side * side }, (_, at) => {
    const wave = Math.floor(at / side / side)
    const [x, y] = [at % side, Math.floor(at / side) % side]
    return Math.cos((Math.PI * (wave % 8) * 3 * x) / side) * Math.cos((Math.PI * Math.floor(wave / 8) * 5 * y) / side)
  })
}

/** Logits of a semantic segmenter at an eighth of 1080p: a few waves for each class, and noise that makes specks. */
export function semanticOutputs(): OutputTensor[] {
  const random = seeded(2)
  const [width, height] = [semantic.width / semantic.stride, semantic.height / semantic.stride]
  const data = new Float32Array(semantic.classes * width * height)
  for (let c = 0, at = 0; c < semantic.classes; c++) {
    const [fx, fy, px, py] = [random() * 6, random() * 4, random() * 6, random() * 6]
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const wave = Math.sin((fx * 2 * x) / width + px) + Math.sin((fy * 2 * y) / height + py)
        data[at] = 4 * wave + 0.5 * (random() - 0.5)
      }
    }
  }
  return [{ name: 'logits', dims: [1, semantic.classes, height, width], data }]
}
