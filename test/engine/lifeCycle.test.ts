import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { tinyModel } from '../unit/engine/models.ts'
import { until } from '../helpers/until.ts'
import { loadOf, tinySpec, withEngine } from './engineProcess.ts'
import { readSample } from './samples.ts'

const sample = readSample('bare-boards')
const load = loadOf(sample.modelPath, sample.spec)

/** Whether a process of this id is there and no zombie is taken for one that is. */
function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the engine process', () => {
  it('ends with code 0 once what it was given is answered', () =>
    withEngine(async (engine) => {
      await engine.load(load)
      const replies = Promise.all(['board-01.png', 'board-02.jpg'].map((name) => engine.predict(sample.picture(name))))
      expect(await engine.stop()).toEqual({ code: 0, signal: null })
      expect((await replies).map(({ kind }) => kind)).toEqual(['result', 'result'])
    }))

  it('ends with code 0 where nothing was loaded', () =>
    withEngine(async (engine) => {
      expect(await engine.stop()).toEqual({ code: 0, signal: null })
    }))

  it('ends with code 0 where it is stopped while it loads', () =>
    withEngine(async (engine) => {
      engine.send({ kind: 'load', ...load })
      expect(await engine.stop()).toEqual({ code: 0, signal: null })
      expect(await engine.hear(['ready'])).toMatchObject({ kind: 'ready' })
    }))

  it('dies when its channel is closed', () =>
    withEngine(async (engine) => {
      await engine.load(load)
      engine.child.disconnect()
      expect(await engine.exit).toEqual({ code: null, signal: 'SIGKILL' })
    }))

  it('dies when its parent is killed', async () => {
    const parent = fork(fileURLToPath(new URL('./parentOfEngine.ts', import.meta.url)), {
      execArgv: [],
      serialization: 'advanced'
    })
    parent.send(load)
    const [engine]: unknown[] = await once(parent, 'message')
    if (typeof engine !== 'number') throw new Error('the parent tells the id of its engine')
    expect(alive(engine)).toBe(true)
    parent.kill('SIGKILL')
    await until('the engine is gone', async () => (alive(engine) ? undefined : true))
  })

  it('says that no model is loaded', () =>
    withEngine(async (engine) => {
      expect(await engine.predict(sample.picture('board-01.png'))).toMatchObject({ kind: 'failed' })
    }))

  it('reports its memory', () =>
    withEngine(async (engine) => {
      expect((await engine.hear(['usage'])).memoryBytes).toBeGreaterThan(10_000_000)
    }))
})

describe('a model that cannot be used', () => {
  const { modelPath, spec } = sample
  const input = (fields: Partial<typeof spec.input>) => ({ ...spec, input: { ...spec.input, ...fields } })

  it.each([
    ['a class too many', { ...spec, classes: [...spec.classes, 'more'] }, ['7 classes', '[1, 10, ']],
    ['a class too few', { ...spec, classes: spec.classes.slice(1) }, ['5 classes', '[1, 10, ']],
    ['another size', input({ width: 320, height: 320 }), ['[1, 3, 640, 640]', '[1, 3, 320, 320]']],
    ['one channel', input({ channels: 'gray' }), ['[1, 3, 640, 640]', '[1, 1, 640, 640]']],
    ['the other family', { ...spec, family: 'classifier' as const }, ['[1, classes]', '[1, 10, ']],
    ['the other layout', { ...spec, options: { layout: 'rows' } }, ['[1, 10, ']]
  ])('is refused for %s, with what was seen', (_, wrong, words) =>
    withEngine(async (engine) => {
      const answer = await engine.load(loadOf(modelPath, wrong))
      expect(answer).toMatchObject({ kind: 'load-failed', code: 'MODEL_UNSUPPORTED', permanent: true })
      for (const word of words) expect(answer.kind === 'load-failed' && answer.message).toContain(word)
    })
  )

  it.each([
    ['an operator that nobody knows', 'unknown-operator', 'MODEL_UNSUPPORTED'],
    ['two inputs', 'two-inputs', 'MODEL_UNSUPPORTED'],
    ['an unknown layout', 'unknown-layout', 'MODEL_UNSUPPORTED']
  ])('is refused for %s', (_, name, code) =>
    withEngine(async (engine) => {
      const answer = await engine.load(loadOf(tinyModel(name), tinySpec('classifier', ['a', 'b', 'c'])))
      expect(answer).toMatchObject({ kind: 'load-failed', code, permanent: true })
    })
  )

  it('is refused where the file is missing, garbage or cut off, for a load and an inspection alike', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lineside-engine-'))
    const garbage = join(folder, 'garbage.onnx')
    await writeFile(garbage, Buffer.alloc(5000, 'garbage '))
    const cut = join(folder, 'cut.onnx')
    await writeFile(cut, Buffer.from([0x08, 0x0a, 0x3a, 0xff, 0x7f]))
    await withEngine(async (engine) => {
      for (const [path, code] of [
        [join(folder, 'nowhere.onnx'), 'MODEL_MISSING'],
        [garbage, 'MODEL_UNREADABLE'],
        [cut, 'MODEL_UNREADABLE']
      ] as const) {
        const refusal = { kind: 'load-failed', code, permanent: true }
        expect(await engine.load(loadOf(path, spec))).toMatchObject(refusal)
        expect(await engine.inspect(path)).toMatchObject(refusal)
      }
      expect(await engine.stop()).toEqual({ code: 0, signal: null })
    })
    await rm(folder, { recursive: true })
  })
})
