import type { Mark } from './marksOf.ts'
import { placeLabels, placeLifted, type Labelled, type PlacedLabel } from './placeLabels.ts'
import { overlap, type Rect } from './rect.ts'
import { textWidth } from './textWidth.ts'
import type { Area, Viewport } from './viewport.ts'

/** A mark's label; `place` is in px of the screen from the picture's top left. */
export interface MarkLabel {
  mark: Mark
  place: PlacedLabel
}

interface Entry {
  mark: Mark
  fullWidth: number
  shortWidth: number
}

/**
 * Labels of marks, wherever the picture is moved to: the surest choose their places first. They are remembered from one
 * view to the next, so that none jumps about while the picture is panned.
 */
export class MarkLabels {
  readonly #entries: readonly Entry[]
  readonly #answered: readonly Entry[]
  #scale = 0
  #last: readonly (PlacedLabel | null)[] = []

  constructor(marks: readonly Mark[]) {
    this.#entries = marks
      .map((mark) => ({ mark, fullWidth: textWidth(mark.full) + 10, shortWidth: textWidth(mark.short) + 8 }))
      .sort((a, b) => b.mark.prediction.confidence - a.mark.prediction.confidence)
    this.#answered = this.#entries.filter(({ mark }) => !mark.prediction.candidate)
  }

  /** @param lifted Index of the prediction that has its label in any case, also as a candidate. */
  place(view: Viewport, size: Area, lifted: number | null): MarkLabel[] {
    const area = { x: -view.x, y: -view.y, ...size }
    const placed = this.#placed(view.scale, area)
    const labels = this.#answered.flatMap(({ mark }, at) => {
      const place = placed[at]
      return place ? [{ mark, place }] : []
    })
    const entry = this.#entries.find(({ mark }) => mark.index === lifted)
    return entry ? withLifted(labels, entry, placeLifted(labelled(entry, view.scale), area)) : labels
  }

  #placed(scale: number, area: Rect): readonly (PlacedLabel | null)[] {
    const before = scale === this.#scale ? this.#last : this.#last.map((one) => (one?.short ? null : one))
    this.#scale = scale
    this.#last = placeLabels(
      this.#answered.map((entry) => labelled(entry, scale)),
      area,
      before
    )
    return this.#last
  }
}

function labelled({ mark, fullWidth, shortWidth }: Entry, scale: number): Labelled {
  const { x, y, width, height } = mark.shape.bounds
  return { rect: { x: x * scale, y: y * scale, width: width * scale, height: height * scale }, fullWidth, shortWidth }
}

/** A label that is there in full stays; any other gives way to the lifted mark's. */
function withLifted(labels: MarkLabel[], { mark }: Entry, place: PlacedLabel | null): MarkLabel[] {
  const own = labels.find((label) => label.mark === mark)
  if (!place || (own && !own.place.short)) return labels
  return [...labels.filter((label) => label !== own && !overlap(label.place, place)), { mark, place }]
}
