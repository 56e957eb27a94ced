import type { Sample, SampleQuery, SampleSummary } from '../../contract/index.ts'

/** A page of a list; `next` is the key for the following one. */
export interface Page<T> {
  items: T[]
  next: string | null
}

/** Recorded samples, read. */
export declare class Samples {
  list(query: SampleQuery): Promise<Page<SampleSummary>>
  /** With its neighbours in the list that the filter gives. */
  get(id: string, filter: Pick<SampleQuery, 'project' | 'import' | 'inference'>): Promise<Sample>
  /** The file as it was received. */
  image(id: string): Promise<{ path: string; format: string }>
  /** At most 320 px, WebP; made at the first call and kept in `thumbnails/`. */
  thumbnail(id: string): Promise<string>
}
