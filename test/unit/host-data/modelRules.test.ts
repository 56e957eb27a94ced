import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelSpec, type ModelSpec, type Project } from '../../../main/contract/index.ts'
import { DiskRoom } from '../../../main/host/labels/diskRoom.ts'
import { receiveUpload } from '../../../main/host/models/receiveUpload.ts'
import { checkedSpec, freeName } from '../../../main/host/models/specRules.ts'
import { temporaryFolder } from './helpers.ts'

const project: Project = {
  ...{ id: '', name: 'Boards', task: 'detection', classes: ['open', 'short', 'spur'], createdAt: '' },
  ...{ colours: [], models: 0, inferences: 0, running: 0, samples: 0, newestSample: null }
}

function spec(changes: Partial<ModelSpec> = {}): ModelSpec {
  const input = { width: 640, height: 640, resize: 'letterbox' }
  const given = { name: 'defects', task: 'detection', family: 'yolo-detect', classes: ['short'], input, ...changes }
  return modelSpec.parse(given)
}

test('a spec that fits is completed with its family’s options', () => {
  expect(checkedSpec(spec(), project)).toEqual({ ...spec(), options: { layout: 'auto' } })
})

test.each([
  ['a family of another task', { family: 'classifier' }, 'INVALID_REQUEST', /spec\.family.*classification/],
  ['another task than the project’s', { family: 'classifier', task: 'classification' }, 'CONFLICT', /classification/],
  ['classes that the project lacks', { classes: ['short', 'dent', 'hole'] }, 'CONFLICT', /“dent”, “hole”/],
  ['an option that is none', { options: { layout: 'diagonal' } }, 'INVALID_REQUEST', /spec\.options\.layout/]
] as const)('%s is refused by name', (_what, changes, code, wanted) => {
  const check = () =>
    checkedSpec(spec({ ...changes, classes: [...('classes' in changes ? changes.classes : ['short'])] }), project)
  expect(check).toThrow(wanted)
  expect(check).toThrow(expect.objectContaining({ code }))
})

test('a repeated name gets the lowest free number', () => {
  expect(freeName('Defects', [])).toBe('Defects')
  expect(freeName('Defects', ['defects', 'Defects (3)'])).toBe('Defects (2)')
  expect(freeName('Defects', ['defects', 'DEFECTS (2)'])).toBe('Defects (3)')
})

test('names that were made free never repeat, and stay within the limit', () => {
  const property = fc.property(
    fc.string({ minLength: 1, maxLength: 120 }),
    fc.integer({ min: 1, max: 30 }),
    (name, count) => {
      const taken: string[] = []
      for (let index = 0; index < count; index++) taken.push(freeName(name, taken))
      expect(new Set(taken.map((one) => one.toLowerCase())).size).toBe(count)
      expect(Math.max(...taken.map((one) => one.length))).toBeLessThanOrEqual(120)
    }
  )
  fc.assert(property)
})

async function room(least = 0) {
  const folder = await temporaryFolder()
  return { path: join(folder, 'upload'), room: new DiskRoom(folder, least) }
}

test('an upload is hashed on its way to the disk', async () => {
  const { path, room: disk } = await room()
  const content = randomBytes(300_000)
  const chunks = [content.subarray(0, 1), content.subarray(1, 200_000), content.subarray(200_000)]
  const received = await receiveUpload(Readable.from(chunks), path, 300_000, disk)
  const sha256 = createHash('sha256').update(content).digest('hex')
  expect(received).toEqual({ path, sha256, bytes: 300_000 })
  expect(readFileSync(path)).toEqual(content)
})

test('an upload over the limit, one that a form cut, and one without room leave nothing behind', async () => {
  const over = await room()
  const tooLarge = receiveUpload(Readable.from([Buffer.alloc(101)]), over.path, 100, over.room)
  await expect(tooLarge).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  const cut = Object.assign(Readable.from([Buffer.alloc(100)]), { truncated: true })
  await expect(receiveUpload(cut, over.path, 100, over.room)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' })
  const full = await room(Number.MAX_SAFE_INTEGER)
  const noRoom = receiveUpload(Readable.from([Buffer.alloc(10)]), full.path, 100, full.room)
  await expect(noRoom).rejects.toMatchObject({ code: 'STORAGE_FULL' })
  expect([over.path, full.path].filter(existsSync)).toEqual([])
})

test('an upload whose sender goes away leaves nothing behind', async () => {
  const { path, room: disk } = await room()
  const source = new Readable({ read() {} })
  source.push(Buffer.alloc(1000))
  const attempt = receiveUpload(source, path, 10_000, disk)
  source.destroy(new Error('aborted'))
  await expect(attempt).rejects.toThrow('aborted')
  expect(existsSync(path)).toBe(false)
})
