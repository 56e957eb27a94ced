import { z } from 'zod'
import { className } from '../../contract/primitives.ts'
import { taskOfFamily, type Family } from '../../contract/families.ts'
import { parsePythonLiteral } from '../onnx/pythonLiteral.ts'
import type { Recognition } from './family.ts'

/** What Ultralytics' exporter, or one that writes the same keys, put into a file; what is absent or unreadable is not there. */
export interface UltralyticsFacts {
  task?: string
  names?: string[]
  /** (height, width) */
  imgsz?: [number, number]
  channels?: number
  /** The file's rows come without overlaps: no suppression is needed. */
  rows?: boolean
  /** An RT-DETR, whose task and names are a YOLO's. */
  transformer?: boolean
}

/** One name for each index from 0 on; a gap would shift the names behind it. */
const names = z
  .union([z.record(z.string(), className), z.array(className)])
  .refine((given) => Object.keys(given).every((key, at) => key === String(at)))
const pair = z.tuple([z.number().int().positive(), z.number().int().positive()])

/** Reads `metadata_props`, whose values are Python literals, not JSON. Keys: ultralytics/engine/exporter.py. */
export function ultralyticsFacts(metadata: Readonly<Record<string, string>>): UltralyticsFacts {
  const facts: UltralyticsFacts = {}
  if (metadata['task']) facts.task = metadata['task']
  const classes = names.safeParse(literal(metadata['names']))
  if (classes.success) facts.names = Object.values(classes.data)
  const imgsz = pair.safeParse(literal(metadata['imgsz']))
  if (imgsz.success) facts.imgsz = imgsz.data
  const channels = z.number().int().positive().safeParse(literal(metadata['channels']))
  if (channels.success) facts.channels = channels.data
  if (metadata['head'] === 'RTDETRDecoder' || /^ultralytics rt-?detr/i.test(metadata['description'] ?? ''))
    facts.transformer = true
  const rows = rowsOf(metadata)
  if (rows !== undefined) facts.rows = rows
  return facts
}

/** Absent where the file, like those of older exporters, does not say it. */
function rowsOf(metadata: Readonly<Record<string, string>>): boolean | undefined {
  const end2end = z.boolean().safeParse(literal(metadata['end2end']))
  const args = z.object({ nms: z.boolean() }).safeParse(literal(metadata['args']))
  if (end2end.success && end2end.data) return true
  if (args.success && args.data.nms) return true
  return end2end.success ? false : undefined
}

function literal(text: string | undefined): unknown {
  if (text === undefined) return undefined
  const parsed = parsePythonLiteral(text)
  return parsed.ok ? parsed.value : undefined
}

/** What an export of these keys proposes, whichever head it has: letterboxed as `yolo predict` does. */
export function yoloRecognition(family: Family, file: UltralyticsFacts): Recognition {
  const source = file.task ? 'file' : 'guess'
  return {
    spec: {
      task: taskOfFamily[family],
      family,
      ...(file.names ? { classes: file.names } : {}),
      input: { resize: 'letterbox', pad: 114, interpolation: 'bilinear' },
      options: { layout: 'auto' }
    },
    sources: {
      task: source,
      family: source,
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess',
      'input.pad': 'guess',
      'options.layout': 'guess'
    }
  }
}
