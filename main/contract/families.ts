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
  'yolo-obb': 'detection',
  pidnet: 'semantic-segmentation',
  'rt-detr': 'detection',
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

/** Parameters of a semantic segmentation model. */
export const pidnetParameters = z.object({
  minAreaPx: z.number().int().min(0).max(100_000_000).default(0).meta({
    title: 'Smallest region (px)',
    description: 'Regions with fewer pixels of the original image are not answered.'
  }),
  maxRegions: z.number().int().min(1).max(10_000).default(1000).meta({
    title: 'Most regions',
    description: 'At most this many regions are answered for a picture, the largest first.'
  })
})
export type PidnetParameters = z.infer<typeof pidnetParameters>

/** Parameters of an RT-DETR, which suppresses nothing. */
export const rtDetrParameters = yoloDetectParameters.pick({ confidence: true, maxDetections: true })
export type RtDetrParameters = z.infer<typeof rtDetrParameters>

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
  'yolo-obb': yoloDetectParameters,
  pidnet: pidnetParameters,
  'rt-detr': rtDetrParameters,
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
/** Options of a semantic segmentation model: what its file does not say. */
export const pidnetOptions = z.object({
  layout: z.enum(['auto', 'nchw', 'nhwc', 'map']).default('auto').meta({
    title: 'Output layout',
    description: 'nchw: [1, classes, h, w]. nhwc: [1, h, w, classes]. map: the class of each pixel.'
  }),
  alignCorners: z.boolean().default(true).meta({
    title: 'Align corners',
    description: 'How scores are enlarged to the image: on for PIDNet, off for most others.'
  }),
  background: z.string().max(200).default('').meta({
    title: 'Background class',
    description: 'The class that is not answered; empty where all are.'
  })
})
export type PidnetOptions = z.infer<typeof pidnetOptions>

/** An RT-DETR's model has no options: its outputs tell all. */
export const rtDetrOptions = z.object({})

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
  'yolo-obb': yoloDetectOptions,
  pidnet: pidnetOptions,
  'rt-detr': rtDetrOptions,
  'rf-detr': rfDetrOptions
} as const satisfies Record<Family, z.ZodObject>
