import { z } from 'zod'

/** The tasks of a project. */
export const task = z.enum(['classification', 'detection', 'instance-segmentation', 'semantic-segmentation'])
export type Task = z.infer<typeof task>

/** How a model's tensors are read. Adding one: CONTRIBUTING.md. */
export const family = z.enum(['classifier', 'yolo-detect', 'yolo-segment', 'yolo-obb', 'pidnet', 'rt-detr', 'rf-detr'])
export type Family = z.infer<typeof family>

/** The task that each family serves. */
export const taskOfFamily: Record<Family, Task> = {
  classifier: 'classification',
  'yolo-detect': 'detection',
  'yolo-segment': 'instance-segmentation',
  'rf-detr': 'detection'
}

/** The tasks that a family's models can serve: its own, and with masks, where their file has them, another. */
export function tasksOfFamily(given: Family): Task[] {
  return given === 'rf-detr' ? ['detection', 'instance-segmentation'] : [taskOfFamily[given]]
}

/** Parameters of a classifier. It has no confidence floor: see class thresholds. */
export const classifierParameters = z.object({
  topK: z.number().int().min(1).max(1000).default(1).meta({
    title: 'Classes answered',
    description: 'How many classes an answer lists, the most confident first.'
  })
})
export type ClassifierParameters = z.infer<typeof classifierParameters>

/** Parameters of a YOLO detector; the defaults are the reference's. */
export const yoloDetectParameters = z.object({
  confidence: z.number().min(0).max(1).default(0.25).meta({
    title: 'Confidence floor',
    description: 'Boxes below this confidence are not answered.'
  }),
  iou: z.number().min(0).max(1).default(0.7).meta({
    title: 'Overlap limit (IoU)',
    description: 'Of two boxes of a class that overlap more than this, the less confident one is dropped.'
  }),
  maxDetections: z.number().int().min(1).max(1000).default(300).meta({
    title: 'Most detections',
    description: 'At most this many boxes are answered for a picture.'
  }),
  classAgnostic: z.boolean().default(false).meta({
    title: 'Overlap across classes',
    description: 'Drops overlapping boxes even where their classes differ.'
  })
})
export type YoloDetectParameters = z.infer<typeof yoloDetectParameters>

/** Parameters of RF-DETR, whose boxes need no suppression; the defaults are the reference's. */
export const rfDetrParameters = z.object({
  confidence: z.number().min(0).max(1).default(0.5).meta({
    title: 'Confidence floor',
    description: 'Boxes below this confidence are not answered.'
  }),
  maxDetections: z.number().int().min(1).max(300).default(300).meta({
    title: 'Most detections',
    description: 'At most this many boxes are answered for a picture.'
  })
})

/** The parameters' schema of each family; ranges, defaults, titles and help stand in it. */
export const familyParameters = {
  classifier: classifierParameters,
  'yolo-detect': yoloDetectParameters,
  'yolo-segment': yoloDetectParameters,
  'rf-detr': rfDetrParameters
} as const satisfies Record<Family, z.ZodObject>

/** A setup's parameters as stored: those of its model's family. */
export const parameters = z.record(z.string(), z.union([z.number(), z.boolean(), z.string()]))
export type Parameters = z.infer<typeof parameters>

/** Options of a classifier's model: what its file does not say. */
export const classifierOptions = z.object({
  activation: z.enum(['auto', 'none', 'softmax', 'sigmoid']).default('auto').meta({
    title: 'Activation',
    description: 'What turns the output into probabilities. Auto: none if a row already sums to 1, else softmax.'
  })
})
export type ClassifierOptions = z.infer<typeof classifierOptions>

/** Options of a YOLO detector's model. */
export const yoloDetectOptions = z.object({
  layout: z.enum(['auto', 'columns', 'rows']).default('auto').meta({
    title: 'Output layout',
    description: 'Columns: [1, 4 + classes, anchors]. Rows: [1, detections, 6], overlaps already removed.'
  })
})
export type YoloDetectOptions = z.infer<typeof yoloDetectOptions>

/** Options of a YOLO segmenter's model. */
export const yoloSegmentOptions = z.object({
  layout: z.enum(['auto', 'columns', 'rows']).default('auto').meta({
    title: 'Output layout',
    description: 'Columns: [1, 4 + classes + coefficients, anchors]. Rows: [1, detections, 6 + coefficients].'
  })
})

/** Options of an RF-DETR model: its file names no classes. */
export const rfDetrOptions = z.object({
  firstClass: z.enum(['auto', 'first score', 'second score']).default('auto').meta({
    title: 'First class',
    description: 'Which score is that of the first class, where the model gives one score more than there are classes.'
  })
})

/** The model options' schema of each family. */
export const familyOptions = {
  classifier: classifierOptions,
  'yolo-detect': yoloDetectOptions,
  'yolo-segment': yoloSegmentOptions,
  'rf-detr': rfDetrOptions
} as const satisfies Record<Family, z.ZodObject>
