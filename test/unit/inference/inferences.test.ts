import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  inference as inferenceSchema,
  latestPrediction,
  newSetup,
  predictAnswer,
  run as runSchema,
  type InferenceStatus,
  type NewSetupInput,
  type PredictAnswer,
  type ServerEvent
} from '../../../main/contract/index.ts'
import { Inferences, type InferencesServices } from '../../../main/host/inference/inferences.ts'
import { Refusal } from '../../../main/host/refusal.ts'
import { DiskRoom } from '../../../main/host/labels/diskRoom.ts'
import { Recorder } from '../../../main/host/labels/recorder.ts'
import { atEnd } from '../host-data/helpers.ts'
import { boardPicture, boardSpec } from './boards.ts'
import { openHouse, type House } from './house.ts'

let house: House
let inferences: Inferences

/** A host's inferences over the same store, as after a start. */
function openInferences(changes: Partial<InferencesServices> = {}): Inferences {
  const opened = new Inferences({ ...house.services, ...changes })
  atEnd(() => opened.stopAll(0))
  return opened
}

beforeEach(async () => {
  house = await openHouse()
  inferences = openInferences()
})

function setupOf(changes: Partial<NewSetupInput> = {}) {
  const { project, model } = house
  return newSetup.parse({ project, model, type: 'api', name: 'Board check', general: { gpu: false }, ...changes })
}

function predict(changes: Partial<Parameters<Inferences['predict']>[1]> = {}): Promise<PredictAnswer> {
  const request = { requestId: 'r-1', image: boardPicture, metadata: {}, deadlineMs: undefined, isTry: false }
  return inferences.predict('board-check', { ...request, ...changes })
}

function until(status: InferenceStatus, slug = 'board-check'): Promise<void> {
  const reached = async () => expect((await inferences.get(slug)).status).toBe(status)
  return vi.waitFor(reached, { timeout: 20_000, interval: 10 })
}

async function up(changes: Partial<NewSetupInput> = {}): Promise<void> {
  await inferences.create(setupOf(changes))
  await inferences.start('board-check')
  await until('healthy')
}

const figures = async () => (await inferences.get('board-check')).figures

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: unknown) => error
  )

describe('setups', () => {
  it('are stored with nothing left to defaults, and listed as the contract says', async () => {
    const created = await inferences.create(setupOf({ name: 'Prüfung 1' }))
    expect(inferenceSchema.parse(created)).toEqual(created)
    expect(created).toMatchObject({ slug: 'prufung-1', status: 'stopped', project: { name: 'Bare boards' }, run: null })
    expect(await inferences.list(house.project)).toEqual([created])
    expect(await inferences.list(house.model)).toEqual([])
    const stored = await inferences.setup('prufung-1')
    expect(stored.parameters).toEqual({ confidence: 0.25, iou: 0.7, maxDetections: 300, classAgnostic: false })
    expect(stored.general.threads).toBeGreaterThan(0)
  })

  it('have names that differ in a project, whatever their case, and slugs that differ everywhere', async () => {
    await inferences.create(setupOf({ name: 'A' }))
    expect(await refused(inferences.create(setupOf({ name: 'a' })))).toMatchObject({ code: 'NAME_TAKEN' })
    expect(await inferences.create(setupOf({ name: 'A!' }))).toMatchObject({ slug: 'a-2' })
    expect(await refused(inferences.create(setupOf({ name: 'B', slug: 'a-2' })))).toMatchObject({ code: 'NAME_TAKEN' })
  })

  it('keep their slug when they are renamed, unless another is given', async () => {
    await inferences.create(setupOf())
    expect(await inferences.change('board-check', setupOf({ name: 'New name' }))).toMatchObject({ slug: 'board-check' })
    const moved = await inferences.change('board-check', setupOf({ name: 'New name', slug: 'moved' }))
    expect(moved).toMatchObject({ name: 'New name', slug: 'moved' })
    expect(await refused(inferences.get('board-check'))).toMatchObject({ code: 'NOT_FOUND' })
    expect(house.events).toContainEqual({ type: 'inference-removed', slug: 'board-check' })
  })

  it('are refused for a project or a model that is not there', async () => {
    expect(await refused(inferences.create(setupOf({ project: house.model })))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(inferences.create(setupOf({ model: house.project })))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a request', () => {
  it('is answered as the contract says, with merged metadata, and recorded durably where the rule met', async () => {
    await up({ sampling: { random: { probability: 1 } }, metadata: { place: 'hall 1', lens: '35 mm' } })
    const answer = await predict({ metadata: { place: 'hall 2' } })
    expect(predictAnswer.parse(answer)).toEqual(answer)
    expect(answer.predictions.length).toBeGreaterThan(0)
    expect(answer.metadata).toMatchObject({
      place: 'hall 2',
      lens: '35 mm',
      inference: 'Board check',
      run: answer.runId
    })
    const row = await house.database.read.selectFrom('samples').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      id: answer.sample?.id,
      request_id: 'r-1',
      reasons: '["random"]',
      overridden: '["place"]'
    })
    const { run } = await inferences.get('board-check')
    const { folder } = await house.database.read.selectFrom('imports').selectAll().executeTakeFirstOrThrow()
    expect(row.import_id).toBe(run?.importId)
    expect(await readFile(join(house.folder, 'imports', folder, row.file))).toEqual(boardPicture)
    expect(await figures()).toMatchObject({ requests: 1, failures: 0, recorded: 1, recordingFailures: 0 })
  })

  it('is not recorded where no rule met', async () => {
    await up()
    expect((await predict()).sample).toBeNull()
    const [latest] = await inferences.latest('board-check')
    expect(latestPrediction.parse(latest)).toMatchObject({ requestId: 'r-1', sample: null })
    expect(inferences.latestImage('board-check', 'r-1')).toEqual(boardPicture)
  })

  it('leaves no trace as a try', async () => {
    await up({ sampling: { random: { probability: 1 } } })
    const answer = await predict({ isTry: true })
    expect(answer.predictions.length).toBeGreaterThan(0)
    expect([answer.sample, await inferences.latest('board-check'), (await figures()).requests]).toEqual([null, [], 0])
  })

  it('is flagged unknown below its class’s threshold', async () => {
    const values = Object.fromEntries(boardSpec.classes.map((name) => [name, 1]))
    await up({ classThresholds: { source: 'manual', values } })
    const { predictions } = await predict()
    expect(predictions.length).toBeGreaterThan(0)
    expect(predictions.filter(({ unknown }) => !unknown)).toEqual([])
  })

  it.each([
    ['INVALID_REQUEST', new Uint8Array()],
    ['UNSUPPORTED_MEDIA_TYPE', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['IMAGE_UNREADABLE', boardPicture.subarray(0, 400)]
  ])('is refused with %s', async (code, image) => {
    await up()
    expect(await refused(predict({ image }))).toMatchObject({ code })
    expect(await figures()).toMatchObject({ requests: 1, failures: 1 })
  })

  it('says that the inference is stopped, preparing or unknown', async () => {
    expect(await refused(predict())).toMatchObject({ code: 'NOT_FOUND' })
    await inferences.create(setupOf())
    expect(await refused(predict())).toMatchObject({
      code: 'INFERENCE_NOT_RUNNING',
      extra: { inferenceStatus: 'stopped' }
    })
    await inferences.start('board-check')
    const early: unknown = await refused(predict())
    expect(early).toMatchObject({ code: 'INFERENCE_NOT_READY', status: 503 })
    const extra = early instanceof Refusal ? early.extra : {}
    expect(['queued', 'preparing']).toContain(extra.inferenceStatus)
    expect(extra.retryAfterSeconds).toBeGreaterThanOrEqual(1)
  })
})

describe('a recording in trouble', () => {
  it('that fails leaves the answer as it is, and is counted and logged', async () => {
    const room = new DiskRoom(house.folder, Number.MAX_SAFE_INTEGER)
    const { database, events } = house.services
    inferences = openInferences({ recorder: new Recorder(house.database, events, house.folder, room), database })
    await up({ sampling: { random: { probability: 1 } } })
    expect((await predict()).sample).toEqual({ id: null, error: { code: 'STORAGE_FULL' } })
    expect(await figures()).toMatchObject({ requests: 1, failures: 0, recorded: 0, recordingFailures: 1 })
    expect(await house.metrics.render()).toMatch(/recording_failures_total\{.*STORAGE_FULL.*\} 1/)
  })

  it('that is late is recorded after the answer', async () => {
    await up({ sampling: { random: { probability: 1 } } })
    const other = new Sqlite(join(house.folder, 'lineside.db'))
    other.exec('BEGIN IMMEDIATE')
    expect((await predict()).sample).toEqual({ id: null, error: { code: 'RECORDING_LATE' } })
    other.close()
    await vi.waitFor(async () => expect(await figures()).toMatchObject({ recorded: 1, recordingFailures: 1 }))
  })
})

describe('a run', () => {
  it('has a row and a folder, ends with its reason, and cannot be changed while it is up', async () => {
    await up()
    await inferences.start('board-check')
    const running = await inferences.runs({ limit: 10 })
    expect(running.items.map((item) => runSchema.parse(item))).toHaveLength(1)
    expect(running.items[0]).toMatchObject({ endedAt: null, samples: 0 })
    expect(inferences.runningIn(house.project)).toBe(1)
    expect(await refused(inferences.change('board-check', setupOf()))).toMatchObject({ code: 'CONFLICT' })
    expect(await refused(inferences.remove('board-check'))).toMatchObject({ code: 'CONFLICT' })
    await inferences.stop('board-check', 'stopped by a person')
    await until('stopped')
    await inferences.remove('board-check')
    expect(await inferences.list()).toEqual([])
    const [ended] = (await inferences.runs({ limit: 10 })).items
    expect(ended).toMatchObject({ endReason: 'stopped by a person', inference: { slug: 'board-check' } })
  })

  it('pages through its history by key', async () => {
    await inferences.create(setupOf())
    for (let times = 0; times < 3; times++) {
      await inferences.start('board-check')
      await inferences.stop('board-check', `stop ${times}`)
      await until('stopped')
    }
    await vi.waitFor(async () => expect((await inferences.runs({ limit: 1 })).items[0]?.endReason).toBe('stop 2'))
    const first = await inferences.runs({ limit: 2, inference: 'board-check' })
    const second = await inferences.runs({ limit: 2, project: house.project, after: first.next ?? '' })
    expect([...first.items, ...second.items].map(({ endReason }) => endReason)).toEqual(['stop 2', 'stop 1', 'stop 0'])
    expect(second.next).toBeNull()
  })

  it('that was up comes up again with the next host, one that was stopped does not', async () => {
    await up()
    await inferences.create(setupOf({ name: 'Other' }))
    await inferences.stopAll(10_000)
    expect((await inferences.runs({ limit: 1 })).items[0]).toMatchObject({ endReason: 'Lineside was closed' })
    inferences = openInferences()
    expect(await inferences.waitingFor()).toEqual(['Board check'])
    await inferences.resume()
    await until('healthy')
    expect(await inferences.waitingFor()).toEqual([])
    expect((await inferences.get('other')).status).toBe('stopped')
  })

  it('that a host left open is ended by the next one', async () => {
    await up()
    const next = openInferences()
    await next.resume()
    const [, left] = (await next.runs({ limit: 5 })).items
    expect(left).toMatchObject({ endReason: 'Lineside ended unexpectedly' })
  })

  it('is told to windows, at most four times a second', async () => {
    await up()
    house.events.length = 0
    const began = performance.now()
    for (let times = 0; times < 15; times++) await predict()
    const spans = Math.ceil((performance.now() - began) / 250) + 1
    const count = (type: ServerEvent['type']) => house.events.filter((event) => event.type === type).length
    expect(count('prediction')).toBeGreaterThan(0)
    expect(count('prediction')).toBeLessThanOrEqual(spans)
    expect(count('inference')).toBeLessThanOrEqual(spans)
  })
})
