import type { PredictAnswer, Prediction } from '../contract/index.ts'

/** What was predicted on one file. */
export interface Row {
  file: string
  answer: PredictAnswer
}

/** A table for people: one line for each prediction. */
export function predictionTable(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ file, answer }) => {
    const found = answer.predictions.map((prediction) => [file, ...cells(prediction), milliseconds(answer)])
    return found.length > 0 ? found : [[file, 'nothing found', '', '', milliseconds(answer)]]
  })
  return columns([['file', 'class', 'confidence', 'box (x, y, width, height)', 'ms'], ...lines])
}

function cells({ class: name, confidence, unknown, box }: Prediction): string[] {
  const place = box ? [box.x, box.y, box.width, box.height].map((value) => Math.round(value)).join(', ') : ''
  return [unknown ? `${name} (unknown)` : name, confidence.toFixed(2), place]
}

function milliseconds({ timing }: PredictAnswer): string {
  return timing.totalMs.toFixed(0)
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()
    )
    .join('\n')
}
