import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes, type Project } from '../../main/contract/index.ts'
import { ApiProblem } from '../../main/cli/apiClient.ts'
import { problemOf, samplePictures, TestHost } from '../helpers/testHost.ts'

const nobody = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

describe('samples', () => {
  let test: TestHost
  let project: Project
  let ids: string[]

  beforeAll(async () => {
    test = await TestHost.start()
    const files = await samplePictures()
    const pictures = await Promise.all(files.slice(0, 4).map((file) => readFile(file)))
    pictures.push(await sharp(pictures[0]).tiff().toBuffer())
    const detector = await test.running('Recording', {
      sampling: { random: { probability: 1 } },
      metadata: { lens: '35 mm' }
    })
    project = await test.client.call(routes.getProject, { params: { id: detector.project.id } })
    ids = []
    for (const picture of pictures) {
      const { sample } = await test.client.send(
        routes.predict,
        { params: { slug: detector.slug } },
        new Uint8Array(picture)
      )
      expect(sample).toMatchObject({ reasons: ['random'] })
      ids.push(sample?.id ?? '')
    }
  })

  afterAll(() => test.remove())

  it('are listed by key, the newest first, and filtered', async () => {
    const query = { inference: 'recording', limit: 2 }
    const first = await test.client.call(routes.listSamples, { query })
    const second = await test.client.call(routes.listSamples, { query: { ...query, after: first.next ?? '' } })
    const third = await test.client.call(routes.listSamples, { query: { ...query, after: second.next ?? '' } })
    expect([...first.items, ...second.items, ...third.items].map(({ id }) => id)).toEqual([...ids].reverse())
    expect(third.next).toBeNull()
    const none = await test.client.call(routes.listSamples, { query: { inference: 'nobody' } })
    expect(none.items).toEqual([])
  })

  it('tell all that is known of them', async () => {
    const [older = '', id = '', newer = ''] = ids
    const sample = await test.client.call(routes.getSample, { params: { id } })
    expect(sample).toMatchObject({ id, previous: newer, next: older, reasons: ['random'], overridden: [] })
    expect(sample.metadata).toMatchObject({ lens: '35 mm', inference: 'Recording' })
    await expect(test.client.call(routes.getSample, { params: { id: nobody } })).rejects.toThrow(ApiProblem)
  })

  it('have their picture as it came, under a policy that lets it do nothing', async () => {
    const [id = ''] = ids
    const [file = ''] = await samplePictures()
    const image = await test.fetch(`/v1/samples/${id}/image`)
    expect(Buffer.from(await image.arrayBuffer()).equals(await readFile(file))).toBe(true)
    expect(image.headers.get('content-security-policy')).toBe('sandbox')
    expect(image.headers.get('x-content-type-options')).toBe('nosniff')
    const thumbnail = await test.fetch(`/v1/samples/${id}/thumbnail`)
    expect(thumbnail.headers.get('content-type')).toBe('image/webp')
    const { width, height } = await sharp(await thumbnail.arrayBuffer()).metadata()
    expect(Math.max(width, height)).toBe(320)
    expect((await problemOf(await test.fetch(`/v1/samples/${nobody}/image`))).code).toBe('NOT_FOUND')
    expect((await problemOf(await test.fetch(`/v1/samples/${nobody}/thumbnail`))).code).toBe('NOT_FOUND')
  })

  it('show a TIFF as what browsers can show', async () => {
    const id = ids.at(-1) ?? ''
    expect((await test.fetch(`/v1/samples/${id}/image`)).headers.get('content-type')).toBe('image/tiff')
    const shown = await test.fetch(`/v1/samples/${id}/image?display=true`)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect((await sharp(await shown.arrayBuffer()).metadata()).format).toBe('jpeg')
  })

  it('lie in the folder of their run’s import, named by inference and time, and are counted', async () => {
    const { items } = await test.client.call(routes.listImports, { query: { project: project.id } })
    const recorded = items.find(({ samples }) => samples > 0)
    expect(recorded).toMatchObject({ origin: 'run', samples: ids.length })
    expect(recorded?.name).toMatch(/^Recording \d{4}-\d\d-\d\d \d\d-\d\d-\d\d$/)
    expect(recorded?.folder.startsWith(test.dataFolder)).toBe(true)
    const { samples, newestSample } = await test.client.call(routes.getProject, { params: { id: project.id } })
    expect({ samples, newestSample }).toEqual({ samples: ids.length, newestSample: ids.at(-1) })
  })
})
