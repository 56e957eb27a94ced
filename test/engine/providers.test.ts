import { describe, expect, it } from 'vitest'
import { providersFor } from '../../main/host/inference/loading.ts'
import { tinyModel } from '../unit/engine/models.ts'
import { loadOf, tinySpec, withEngine } from './engineProcess.ts'

const load = loadOf(tinyModel('logits'), tinySpec('classifier', ['red', 'green', 'blue']))
const absent = process.platform === 'darwin' ? 'directml' : 'coreml'

describe('providers', () => {
  it('are asked for in order; the one that is used is told, with what the others said', () =>
    withEngine(async (engine) => {
      const loaded = await engine.load({ ...load, providers: [absent, 'cpu', absent] })
      expect(loaded).toMatchObject({ kind: 'ready', provider: 'cpu' })
      const words = `${absent}: ONNX Runtime has none for ${process.platform} ${process.arch}`
      expect(loaded.kind === 'ready' && loaded.fallback).toBe(words)
      expect(await engine.load(load)).toMatchObject({ kind: 'ready', provider: 'cpu', fallback: null })
    }))

  it('refuse the model where none of them is there', () =>
    withEngine(async (engine) => {
      expect(await engine.load({ ...load, providers: [absent] })).toMatchObject({ kind: 'load-failed' })
    }))

  it('are those that there can be on the platform, and at last the CPU', () => {
    expect(providersFor(false, 'linux')).toEqual(['cpu'])
    expect(providersFor(true, 'linux')).toEqual(['cuda', 'cpu'])
    expect(providersFor(true, 'win32')).toEqual(['directml', 'webgpu', 'cpu'])
    expect(providersFor(true, 'darwin')).toEqual(['coreml', 'webgpu', 'cpu'])
  })
})
