import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { CompiledQuery } from 'kysely'
import sharp from 'sharp'
import { ulid } from 'ulid'
import { expect, test } from 'vitest'
import type { Outcome } from '../../../main/contract/index.ts'
import type { SampleFilter } from '../../../main/host/labels/samples.ts'
import { Samples } from '../../../main/host/labels/samples.ts'
import { Thumbnails } from '../../../main/host/labels/thumbnails.ts'
import { temporaryDatabase } from './helpers.ts'
import { addProject, recordingInto, recordingSetup } from './recordings.ts'

async function setup() {
  const { folder, database } = await temporaryDatabase()
  const recording = await recordingSetup(database, folder)
  const samples = new Samples(database, folder, new Thumbnails(folder, 1_000_000))
  return { folder, database, samples, ...recording }
}

/** Two projects, three imports, three inferences, 45 samples; what each sample is of, by its id. */
async function manySamples() {
  const made = await setup()
  const { database, imports, recorder, row } = made
  const other = await addProject(database, 'Other')
  const rows = [
    row,
    await imports.createForRun({ id: ulid(), project: row.project_id }, 'Second', new Date()),
    await imports.createForRun({ id: ulid(), project: other }, 'Third', new Date())
  ]
  const known: Known[] = []
  for (let index = 0; index < 45; index++) {
    const into = rows[(index * 7) % 3] ?? row
    const slug = `inference-${index % 3 === 0 ? 'a' : index % 4}`
    const said = ([undefined, 'OK', 'WARN', 'NG'] as const)[(index * 5) % 4]
    const verdict = said ? { outcome: said, rule: said === 'OK' ? null : 'large' } : null
    const id = await recorder.record(recordingInto(into, { inference: { slug, name: slug }, verdict }))
    known.push({ id, project: into.project_id, import: into.id, inference: slug, verdict: said })
  }
  return { ...made, known }
}

test('pages joined are the whole filtered list, the newest first, each sample once', { timeout: 60_000 }, async () => {
  const { samples, known } = await manySamples()
  const choice = <T>(values: T[]) => fc.option(fc.constantFrom(...new Set(values)), { nil: undefined })
  const filters = fc.record({
    project: choice(known.map((one) => one.project)),
    import: choice(known.map((one) => one.import)),
    inference: choice(known.map((one) => one.inference)),
    verdict: fc.constantFrom(undefined, 'OK' as const, 'WARN' as const, 'NG' as const)
  })
  const property = fc.asyncProperty(filters, fc.integer({ min: 1, max: 50 }), async (filter, limit) => {
    const wanted = known.filter((one) => matches(one, filter)).map((one) => one.id)
    const found: string[] = []
    let after: string | undefined
    do {
      const page = await samples.list({ ...filter, after, limit })
      expect(page.items.length).toBeLessThanOrEqual(limit)
      found.push(...page.items.map((item) => item.id))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(found).toEqual(wanted.sort().reverse())
  })
  await fc.assert(property, { numRuns: 60 })
})

interface Known {
  id: string
  project: string
  import: string
  inference: string
  verdict: Outcome | undefined
}

function matches(one: Known, filter: SampleFilter): boolean {
  const keys = ['project', 'import', 'inference', 'verdict'] as const
  return keys.every((key) => filter[key] === undefined || filter[key] === one[key])
}

test.each(['project_id', 'import_id', 'inference_slug'] as const)(
  'the newest with a verdict are found by an index of %s, and need no sorting',
  async (column) => {
    const { database } = await temporaryDatabase()
    const wanted = database.read.selectFrom('samples').select('id').where(column, '=', 'a').where('verdict', '=', 'NG')
    const { sql, parameters } = wanted.orderBy('id', 'desc').limit(61).compile()
    const explain = CompiledQuery.raw(`EXPLAIN QUERY PLAN ${sql}`, [...parameters])
    const { rows } = await database.read.executeQuery(explain)
    expect(rows).toEqual([
      expect.objectContaining({ detail: expect.stringMatching(/USING COVERING INDEX \w+_verdict/) })
    ])
  }
)

test('going to the next sample again and again visits the list, and previous leads back', async () => {
  const { samples, known } = await manySamples()
  const filter = { project: known[0]?.project }
  const { items } = await samples.list({ ...filter, limit: 200 })
  const visited: string[] = []
  for (let id: string | null = items[0]?.id ?? null; id !== null;) {
    const sample = await samples.get(id, filter)
    expect(sample.previous).toBe(visited.at(-1) ?? null)
    visited.push(id)
    id = sample.next
  }
  expect(visited).toEqual(items.map((item) => item.id))
})

test('a sample is given back as it was recorded', async () => {
  const { samples, recorder, row } = await setup()
  const recording = recordingInto(row)
  const id = await recorder.record(recording)
  const { requestId, model, reasons, metadata, overridden, timing, predictions, inference } = recording
  expect(await samples.get(id, {})).toMatchObject({
    ...{ requestId, model, reasons, metadata, overridden, timing, predictions, inference },
    id,
    importName: row.name,
    run: row.run_id,
    fileName: `${id}.jpg`,
    image: { width: 640, height: 480 },
    bytes: 2000,
    previous: null,
    next: null
  })
})

test('an unknown sample is not found', async () => {
  const { samples } = await setup()
  await expect(samples.get(ulid(), {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(samples.image(ulid())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(samples.thumbnail(ulid())).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

function picture(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
}

/** An uncompressed BMP with 24 bits a pixel, its rows from the bottom up. */
function bmp(width: number, height: number): Buffer {
  const stride = Math.ceil((width * 3) / 4) * 4
  const file = Buffer.alloc(54 + stride * height, 0x80)
  file.fill(0, 0, 54)
  file.write('BM')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(54, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(width, 18)
  file.writeInt32LE(height, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(24, 28)
  return file
}

test.each([
  ['a wide JPEG', 'jpeg', () => picture(800, 200).jpeg().toBuffer(), [320, 80]],
  ['a JPEG on its side', 'jpeg', () => picture(800, 200).withMetadata({ orientation: 6 }).jpeg().toBuffer(), [80, 320]],
  ['a small PNG', 'png', () => picture(40, 30).png().toBuffer(), [40, 30]],
  ['a 16 bit grey TIFF', 'tiff', () => picture(640, 640).toColourspace('grey16').tiff().toBuffer(), [320, 320]],
  ['a BMP', 'bmp', async () => bmp(641, 100), [320, 50]]
] as const)('the thumbnail of %s', async (_what, format, make, [width, height]) => {
  const { samples, recorder, row, folder } = await setup()
  const id = await recorder.record(recordingInto(row, { format, image: await make() }))
  const path = await samples.thumbnail(id)
  expect(path).toBe(join(folder, 'thumbnails', id.slice(-2), `${id}.webp`))
  expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width, height })
})

test('a TIFF is shown as a JPEG of the same size, upright; others are shown as they are', async () => {
  const { samples, recorder, row } = await setup()
  const tiff = await picture(400, 100).withMetadata({ orientation: 6 }).tiff().toBuffer()
  const id = await recorder.record(recordingInto(row, { format: 'tiff', image: tiff }))
  expect((await samples.image(id)).format).toBe('tiff')
  const shown = await samples.image(id, true)
  expect(await sharp(shown.path).metadata()).toMatchObject({ format: shown.format, width: 100, height: 400 })
  const png = await recorder.record(recordingInto(row, { format: 'png', image: await picture(4, 4).png().toBuffer() }))
  expect(await samples.image(png, true)).toEqual(await samples.image(png))
})

test('a thumbnail is made once, also when many ask at once, and again where a power cut emptied it', async () => {
  const { samples, recorder, row } = await setup()
  const id = await recorder.record(recordingInto(row, { image: await picture(800, 600).jpeg().toBuffer() }))
  const paths = await Promise.all(Array.from({ length: 20 }, () => samples.thumbnail(id)))
  expect(new Set(paths).size).toBe(1)
  const path = paths[0] ?? ''
  const made = statSync(path).mtimeMs
  await samples.thumbnail(id)
  expect(statSync(path).mtimeMs).toBe(made)
  writeFileSync(path, '')
  await samples.thumbnail(id)
  expect(statSync(path).size).toBeGreaterThan(0)
  expect(readdirSync(join(path, '..'))).toEqual([`${id}.webp`])
})

test('a project’s samples go with rows, pictures and thumbnails; those of others stay', async () => {
  const { samples, known, folder, database } = await manySamples()
  const [gone, kept] = [known[0]?.project ?? '', known.find((one) => one.project !== known[0]?.project)?.project]
  const thumbnail = join(folder, 'thumbnails', known[0]?.id.slice(-2) ?? '', `${known[0]?.id}.webp`)
  await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .webp()
    .toBuffer()
    .then(async (image) => {
      const { mkdir } = await import('node:fs/promises')
      await mkdir(join(thumbnail, '..'), { recursive: true })
      writeFileSync(thumbnail, image)
    })
  await samples.removeOfProject(gone)
  expect((await samples.list({ project: gone, limit: 10 })).items).toEqual([])
  expect(existsSync(thumbnail)).toBe(false)
  const left = known.filter((one) => one.project === kept)
  expect((await samples.list({ limit: 200 })).items).toHaveLength(left.length)
  expect(readdirSync(join(folder, 'imports'))).toHaveLength(1)
  expect(await database.read.selectFrom('imports').select('id').execute()).toHaveLength(1)
})
