import { classifierOptions, classifierParameters } from '../../contract/families.ts'
import type { ModelSpec } from '../../contract/model.ts'
import { ModelRefusal } from '../modelRefusal.ts'
import { numbers } from './numbers.ts'
import type { FamilyReader, ModelFacts, OutputTensor, Recognition } from './family.ts'
import { fixedLength, outputWords } from './shapes.ts'
import { ultralyticsFacts } from './ultralytics.ts'

type Activation = 'none' | 'softmax' | 'sigmoid'

/** Classifiers: `[N, C]` or `[N, C, 1, 1]`, logits or probabilities. */
export const classifier: FamilyReader = {
  family: 'classifier',
  expects: '[1, classes] or [1, classes, 1, 1]',
  recognise,
  open(spec, parameters, _facts, probe) {
    const { topK } = classifierParameters.parse(parameters)
    const { activation } = classifierOptions.parse(spec.options)
    const told = activation === 'auto' ? tellActivation(scores(probe, spec)) : activation
    return (outputs) => best(activate(scores(outputs, spec), told), spec.classes, topK)
  }
}

function recognise(facts: ModelFacts): Recognition | null {
  const [output] = facts.outputs
  if (facts.outputs.length !== 1 || !output || !isRow(output.shape)) return null
  const file = ultralyticsFacts(facts.metadata)
  if (file.task && file.task !== 'classify') return null
  const classes = file.names ?? placeholders(fixedLength(output.shape[1]))
  const source = file.task ? 'file' : 'guess'
  return {
    spec: {
      task: 'classification',
      family: 'classifier',
      ...(classes ? { classes } : {}),
      input: inputOf(facts),
      options: { activation: 'auto' }
    },
    sources: {
      task: source,
      family: source,
      classes: file.names ? 'file' : 'missing',
      'input.resize': 'guess',
      'options.activation': 'guess'
    }
  }
}

/** Ultralytics' own files: the shortest edge as Pillow resizes it, then the centre (models/yolo/classify/predict.py). */
function inputOf({ metadata, inputs }: ModelFacts): Recognition['spec']['input'] {
  if (metadata['author'] !== 'Ultralytics' || metadata['task'] !== 'classify') return { resize: 'stretch' }
  const [, , height, width] = inputs[0]?.shape ?? []
  return { resize: height === width ? 'crop' : 'stretch', interpolation: 'bilinear-antialias' }
}

function isRow(shape: readonly unknown[]): boolean {
  if (shape.length === 2) return true
  return shape.length === 4 && shape[2] === 1 && shape[3] === 1
}

function placeholders(count: number | undefined): string[] | undefined {
  return count && count <= 10_000 ? Array.from({ length: count }, (_, at) => `class ${at}`) : undefined
}

/** @throws ModelRefusal MODEL_UNSUPPORTED where the output is no row with one number a class */
function scores(outputs: readonly OutputTensor[], { classes }: ModelSpec): Float32Array {
  const [output] = outputs
  if (output && isRow(output.dims) && output.data.length === classes.length) return numbers(output)
  throw new ModelRefusal(
    'MODEL_UNSUPPORTED',
    `a classifier of ${classes.length} classes answers ${classifier.expects}, this model answered ` +
      outputWords(outputs)
  )
}

/** Probabilities already, if they sum to 1; logits otherwise. */
function tellActivation(row: Float32Array): Activation {
  const sum = row.reduce((total, value) => total + value, 0)
  return Math.abs(sum - 1) <= 1e-3 && row.every((value) => value >= 0) ? 'none' : 'softmax'
}

function activate(row: Float32Array, activation: Activation): number[] {
  if (activation === 'sigmoid') return Array.from(row, (value) => 1 / (1 + Math.exp(-value)))
  if (activation === 'none') return Array.from(row, (value) => Math.min(1, Math.max(0, value)))
  const highest = row.reduce((most, value) => Math.max(most, value), -Infinity)
  const powers = Array.from(row, (value) => Math.exp(value - highest))
  const sum = powers.reduce((total, value) => total + value, 0)
  return powers.map((value) => value / sum)
}

function best(confidences: number[], classes: readonly string[], topK: number) {
  return confidences
    .map((confidence, index) => ({ class: classes[index] ?? '', confidence }))
    .sort((a, b) => b.confidence - a.confidence)
    .slice(0, topK)
}
