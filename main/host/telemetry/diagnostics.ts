import { readdir, stat } from 'node:fs/promises'
import { arch, cpus, release, totalmem, version as systemVersion } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { FiguresHistory as HistoryView, Inference, RunDetails, Setup } from '../../contract/index.ts'
import type { HostConfig } from '../config/config.ts'
import { isoTimestamp } from '../clock.ts'
import type { ThreadedDatabase } from '../database/openDatabase.ts'
import type { FiguresHistory } from './figuresHistory.ts'
import type { Health } from './health.ts'
import type { Logs } from './logs.ts'
import type { Metrics } from './metrics.ts'
import { zipStream, type ZipEntry } from './zipStream.ts'

/** What is asked of the inferences. */
interface DiagnosedInferences {
  list(): Promise<Inference[]>
  get(slug: string): Promise<Inference>
  setup(slug: string): Promise<Setup>
  runs(query: { inference: string; limit: number }): Promise<{ items: { id: string }[] }>
  run(id: string): Promise<RunDetails>
}

export interface DiagnosticsSources {
  version: string
  /** The packages that it was made with, by name. */
  packages: Record<string, string>
  config: HostConfig
  /** What was changed while the host runs. */
  settings: () => unknown
  database: ThreadedDatabase
  inferences: DiagnosedInferences
  logs: Logs
  health: Health
  history: FiguresHistory
  metrics: Metrics
}

const shownRuns = 20
const ranges = { day: { rangeSeconds: 24 * 3600 }, month: { rangeSeconds: 30 * 24 * 3600 } }

/**
 * An archive for whoever helps: versions, configuration, logs, health, figures, the database's integrity. Everything
 * goes through what keeps secrets out; images and `host.json` are never looked at.
 */
export class Diagnostics {
  readonly #sources: DiagnosticsSources

  constructor(sources: DiagnosticsSources) {
    this.#sources = sources
  }

  /** @param slug Of the one inference that it is about; absent: all. @throws Refusal NOT_FOUND */
  async archive(slug?: string): Promise<Readable> {
    const { inferences, health, metrics } = this.#sources
    const chosen = slug === undefined ? await inferences.list() : [await inferences.get(slug)]
    const parts = await Promise.all(chosen.map((one) => this.#ofInference(one)))
    return zipStream([
      this.#json('about.json', await this.#about()),
      this.#json('settings.json', { startedWith: this.#sources.config, changed: this.#sources.settings() }),
      this.#json('health.json', await health.read()),
      this.#json('database.json', await this.#database()),
      { name: 'metrics.txt', content: await metrics.render() },
      ...parts.flat(),
      ...(await this.#logs(slug))
    ])
  }

  #json(name: string, value: unknown): ZipEntry {
    return { name, content: `${JSON.stringify(this.#sources.logs.secrets.value(value), null, 2)}\n` }
  }

  async #about() {
    const { version, packages } = this.#sources
    const cores = cpus()
    return {
      at: isoTimestamp(),
      lineside: version,
      runtime: process.versions,
      packages,
      system: { platform: process.platform, release: release(), version: systemVersion(), arch: arch() },
      cpu: { model: cores[0]?.model, cores: cores.length },
      memory: { totalBytes: totalmem(), host: process.memoryUsage() },
      upSeconds: Math.round(process.uptime())
    }
  }

  /** A damaged database is what somebody may want to know, so it does not end the archive. */
  async #database() {
    const { database, config } = this.#sources
    const files = await databaseFiles(config.dataFolder)
    try {
      const troubles = await database.checkIntegrity()
      return { files, integrity: troubles.length === 0 ? 'ok' : troubles }
    } catch (error) {
      return { files, integrity: `could not be checked: ${String(error)}` }
    }
  }

  async #ofInference(inference: Inference): Promise<ZipEntry[]> {
    const { slug } = inference
    const { inferences, history } = this.#sources
    const figures: Record<string, HistoryView> = {
      day: await history.read(slug, { ...ranges.day, stage: 'total' }),
      month: await history.read(slug, { ...ranges.month, stage: 'total' })
    }
    const folder = `inferences/${slug}`
    return [
      this.#json(`${folder}/status.json`, inference),
      this.#json(`${folder}/setup.json`, await inferences.setup(slug)),
      this.#json(`${folder}/runs.json`, await this.#runs(slug)),
      this.#json(`${folder}/figures.json`, figures)
    ]
  }

  async #runs(slug: string): Promise<RunDetails[]> {
    const { inferences } = this.#sources
    const { items } = await inferences.runs({ inference: slug, limit: shownRuns })
    return Promise.all(items.map(({ id }) => inferences.run(id)))
  }

  async #logs(slug: string | undefined): Promise<ZipEntry[]> {
    const { logs } = this.#sources
    const wanted = slug === undefined ? null : new Set((await this.#runs(slug)).map(({ id }) => id))
    const files = (await logs.list()).filter(({ log }) => log === 'app' || wanted === null || wanted.has(log))
    return files.map(({ log }) => ({
      name: log === 'app' ? 'logs/lineside.log' : `logs/runs/${log}.log`,
      // It may have made room for newer ones meanwhile.
      content: () => logs.content(log).catch(() => Readable.from([]))
    }))
  }
}

async function databaseFiles(folder: string): Promise<Record<string, number>> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('lineside.db'))
  const sizes = names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)
  return Object.fromEntries(await Promise.all(sizes))
}
