import { execFile } from 'node:child_process'
import { availableParallelism, totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { ResourceBudget, ResourceLimits } from '../../contract/index.ts'

/** What the workstation has. `gpu` is null where none is known. */
export interface Machine {
  cores: number
  memoryBytes: number
  gpu: { name: string; memoryBytes: number } | null
}

/** Of the memory, by default: the rest is the system's, the host's and the label store's cache. */
const memoryShare = 0.75
const probeMs = 3000

/** Looks at the workstation. A container's memory limit counts as its memory. */
export async function readMachine(): Promise<Machine> {
  const limit = process.constrainedMemory()
  const memoryBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return { cores: availableParallelism(), memoryBytes, gpu: await readGpu() }
}

/** The first GPU that NVIDIA's driver tells of: ONNX Runtime computes there. */
async function readGpu(): Promise<Machine['gpu']> {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits']
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: probeMs })
    return parseGpu(stdout)
  } catch {
    // No driver, no tool: nothing is known of a GPU.
    return null
  }
}

/** A line such as `NVIDIA RTX 4000, 20475`: the memory in MiB. */
export function parseGpu(text: string): Machine['gpu'] {
  const [, name, mebibytes] = /^(.+),\s*(\d+)\s*$/m.exec(text) ?? []
  return name === undefined ? null : { name: name.trim(), memoryBytes: Number(mebibytes) * 1024 * 1024 }
}

/** The limits in force: what was set, else what the workstation offers. */
export function budgetOf(limits: ResourceLimits, { cores, memoryBytes, gpu }: Machine): ResourceBudget {
  return {
    cpuThreads: limits.cpuThreads ?? cores,
    memoryBytes: limits.memoryBytes ?? Math.floor(memoryBytes * memoryShare),
    gpuMemoryBytes: limits.gpuMemoryBytes ?? gpu?.memoryBytes ?? null
  }
}
