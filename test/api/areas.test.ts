import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type Inference, type Prediction } from '../../main/contract/index.ts'
import { problemOf, sampleFolder, TestHost } from '../helpers/testHost.ts'

const plate = (name: string) => readFile(join(sampleFolder, 'plate-defects', 'pictures', `${name}.jpg`))
const names = ['plate-01', 'plate-02', 'plate-03']

/** Areas by class as the answers gave them, the newest answer's first; the order within one answer is left open. */
function areasOf(answers: readonly Prediction[][]): Map<string, number[]> {
  const areas = new Map<string, number[]>()
  for (const { class: name, mask } of [...answers].reverse().flat()) {
    areas.set(name, [...(areas.get(name) ?? []), mask?.areaPx ?? NaN])
  }
  return areas
}

describe('areas of what was recorded', () => {
  let test: TestHost
  let plates: Inference
  const answers: Prediction[][] = []

  beforeAll(async () => {
    test = await TestHost.start()
    const { items } = await test.client.call(routes.listInferences, {})
    const shipped = items.find(({ model }) => model.task === 'instance-segmentation')
    if (!shipped) throw new Error('no sample project segments instances')
    const { project, model } = shipped
    // The range reaches below the floor: candidates are stored, too.
    const sampling = { random: { probability: 1 }, confidence: { from: 0, to: 1 } }
    const body = { project: project.id, model: model.id, type: 'api' as const, name: 'Areas', sampling }
    const { slug } = await test.client.call(routes.createInference, { body })
    await test.client.call(routes.startInference, { params: { slug } })
    plates = await test.untilStatus(slug, 'healthy')
    for (const name of names) {
      const { predictions } = await test.client.send(routes.predict, { params: { slug } }, await plate(name))
      answers.push(predictions)
    }
  })

  afterAll(() => test.remove())

  const ask = async (samples?: number) => {
    const query = { project: plates.project.id, ...(samples && { samples }) }
    const { items } = await test.client.call(routes.recordedAreas, { query })
    return new Map(items.map(({ class: name, areasPx }) => [name, areasPx]))
  }

  it('are those that were answered, by class, without candidates', async () => {
    const { items } = await test.client.call(routes.listSamples, { query: { project: plates.project.id } })
    expect(items.flatMap(({ predictions }) => predictions).some(({ candidate }) => candidate)).toBe(true)
    const found = await ask()
    const answered = areasOf(answers)
    expect([...answered.values()].flat().length).toBeGreaterThan(3)
    expect(new Set(found.keys())).toEqual(new Set(answered.keys()))
    for (const [name, areas] of answered) expect(found.get(name)?.toSorted()).toEqual(areas.toSorted())
  })

  it('are of the newest samples where fewer are asked for', async () => {
    const newest = areasOf(answers.slice(-1))
    const found = await ask(1)
    expect(new Set(found.keys())).toEqual(new Set(newest.keys()))
    for (const [name, areas] of newest) expect(found.get(name)?.toSorted()).toEqual(areas.toSorted())
  })

  it('are of one project alone, and none where nothing has an area', async () => {
    const { project } = await test.detector()
    expect((await test.client.call(routes.recordedAreas, { query: { project: project.id } })).items).toEqual([])
  })

  it.each(['', '?project=none', '?project=01ARZ3NDEKTSV4RRFFQ69G5FAV&samples=5001'])(
    'are refused for a query such as %j',
    async (query) => {
      expect((await problemOf(await test.fetch(`/v1/samples/areas${query}`))).code).toBe('INVALID_REQUEST')
    }
  )

  it('a trial of a model takes the parameters of its family', async () => {
    const { model } = plates
    const attempt = async (parameters?: string) =>
      test.client.send(routes.tryModel, { params: { id: model.id }, query: { parameters } }, await plate('plate-01'))
    const all = await attempt()
    const few = await attempt('{"maxDetections":1}')
    expect(all.predictions.length).toBeGreaterThan(1)
    expect(few.predictions).toEqual(all.predictions.slice(0, 1))
    await expect(attempt('{"maxDetections":0}')).rejects.toThrow()
    await expect(attempt('maxDetections')).rejects.toThrow()
  })
})
