import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import {
  modelSpec,
  newProject,
  newSetup,
  sampleSetup,
  thresholdSet,
  type Model,
  type NewSetup
} from '../../contract/index.ts'
import type { Logger } from '../../base/logger.ts'
import type { Models } from '../models/models.ts'
import type { Optimizations } from '../optimization/optimizations.ts'
import type { Projects } from './projects.ts'

/** `project.json` of a sample project's folder. */
const sampleProject = z.strictObject({
  project: newProject,
  models: z.array(z.strictObject({ file: z.string(), spec: modelSpec })).min(1),
  /** A file beside it; each entry names the file of the model that it was computed with. */
  optimizations: z.string().optional(),
  setup: sampleSetup
})
const sampleOptimizations = z.array(thresholdSet.extend({ model: z.string() }).strict())
type SampleProject = z.infer<typeof sampleProject> & { folder: string }

export interface SampleProjectServices {
  logger: Logger
  dataFolder: string
  projects: Projects
  models: Models
  optimizations: Optimizations
  createInference: (setup: NewSetup) => Promise<unknown>
}

/**
 * F4: gives an empty store the sample projects of a folder, the detector's first. One that cannot be installed is left
 * out, and the log says why. What a host was ended over, the next one installs anew.
 * @returns the detector's project (of an earlier start too); null where there is none
 */
export async function installSampleProjects(folder: string, services: SampleProjectServices): Promise<string | null> {
  const samples = await readSamples(folder)
  const detector = samples.find(({ project }) => project.task === 'detection')
  // There while they are installed.
  const mark = join(services.dataFolder, 'installing-samples')
  const wasCutOff = existsSync(mark)
  if (wasCutOff) await removeUnfinished(samples, services)
  if (wasCutOff || (await services.projects.list()).length === 0) {
    await writeFile(mark, '')
    await installMissing(samples, services)
    await rm(mark)
  }
  const present = await services.projects.list()
  return present.find(({ name }) => name === detector?.project.name)?.id ?? null
}

/** The inference comes last, so a sample project without one is not whole. */
async function removeUnfinished(samples: SampleProject[], { projects }: SampleProjectServices): Promise<void> {
  const names = new Set(samples.map(({ project }) => project.name))
  for (const { id, name, inferences } of await projects.list()) {
    if (names.has(name) && inferences === 0) await projects.remove(id)
  }
}

/** The projects in their order, then all their models at a time, each of which is loaded for proof. */
async function installMissing(samples: SampleProject[], services: SampleProjectServices): Promise<void> {
  const present = new Set((await services.projects.list()).map(({ name }) => name))
  const filled: Promise<void>[] = []
  for (const sample of samples.filter(({ project }) => !present.has(project.name))) {
    const { id } = await services.projects.create(sample.project)
    filled.push(fillWhole(id, sample, services))
  }
  await Promise.all(filled)
}

/** Nothing half installed stays. */
async function fillWhole(id: string, sample: SampleProject, services: SampleProjectServices): Promise<void> {
  try {
    await fill(id, sample, services)
  } catch (error) {
    await services.projects.remove(id)
    services.logger.error(`the sample project in ${sample.folder} cannot be installed`, { error })
  }
}

async function fill(id: string, sample: SampleProject, services: SampleProjectServices) {
  const { folder, models, setup } = sample
  const installed: Model[] = []
  for (const { file, spec } of models) {
    installed.push(await services.models.importFile(id, join(folder, file), file, spec))
  }
  await addOptimizations(sample, installed, services)
  await services.createInference(newSetup.parse({ ...setup, project: id, model: installed[0]?.id }))
}

async function addOptimizations(sample: SampleProject, models: Model[], services: SampleProjectServices) {
  if (sample.optimizations === undefined) return
  const text = await readFile(join(sample.folder, sample.optimizations), 'utf8')
  for (const { model: file, ...computed } of sampleOptimizations.parse(JSON.parse(text))) {
    const model = models.find(({ fileName }) => fileName === file)
    if (!model) throw new Error(`${sample.optimizations} names the model file ${file}, which the project does not have`)
    await services.optimizations.add(model, computed)
  }
}

async function readSamples(folder: string): Promise<SampleProject[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const samples = await Promise.all(names.sort().map((name) => readSample(join(folder, name))))
  const rank = ({ project }: SampleProject) => (project.task === 'detection' ? 0 : 1)
  return samples.sort((one, other) => rank(one) - rank(other))
}

async function readSample(folder: string): Promise<SampleProject> {
  const path = join(folder, 'project.json')
  try {
    return { folder, ...sampleProject.parse(JSON.parse(await readFile(path, 'utf8'))) }
  } catch (cause) {
    throw new Error(`The sample project's file ${path} cannot be used.`, { cause })
  }
}
