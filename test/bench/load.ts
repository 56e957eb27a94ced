import { Agent, request } from 'node:http'
import { predictAnswer, type PredictAnswer } from '../../main/contract/index.ts'

/** One answered request: the client's wall time and what the server said. */
export interface Answered {
  ms: number
  answer: PredictAnswer
}

/** Rate of answers, in requests a second. */
export interface LoadResult {
  perSecond: number
  answered: Answered[]
}

/** Posts the images in turn from `concurrency` clients for the given time over kept-alive connections. */
export async function load(url: string, images: Buffer[], concurrency: number, ms: number): Promise<LoadResult> {
  const answered: Answered[] = []
  const { perSecond } = await postAll(url, images, concurrency, ms, (took, text) => {
    answered.push({ ms: took, answer: predictAnswer.parse(JSON.parse(text)) })
  })
  return { perSecond, answered }
}

/** The times of answers in ms, and their rate in a second. */
export interface Posted {
  perSecond: number
  times: number[]
}

/** The same with one image, to any server; what it answers is not read. */
export async function postFor(url: string, image: Buffer, concurrency: number, ms: number): Promise<Posted> {
  const times: number[] = []
  const { perSecond } = await postAll(url, [image], concurrency, ms, (took) => times.push(took))
  return { perSecond, times }
}

async function postAll(
  url: string,
  images: Buffer[],
  concurrency: number,
  ms: number,
  onAnswer: (ms: number, text: string) => void
): Promise<{ perSecond: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const started = performance.now()
  const until = started + ms
  let [turn, answers] = [0, 0]
  const client = async () => {
    while (performance.now() < until) {
      const image = images[turn++ % images.length]
      if (!image) throw new Error('there is no image to post')
      const from = performance.now()
      const text = await post(url, image, agent)
      onAnswer(performance.now() - from, text)
      answers += 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  const perSecond = (answers * 1000) / (performance.now() - started)
  agent.destroy()
  return { perSecond }
}

function post(url: string, image: Buffer, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': image.length }
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${response.statusCode ?? 0}: ${text}`))
      })
    })
    outgoing.on('error', reject)
    outgoing.end(image)
  })
}
