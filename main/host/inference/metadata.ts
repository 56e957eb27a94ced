import type { Metadata } from '../../contract/index.ts'

export interface MergedMetadata {
  metadata: Metadata
  /** The keys that came with the request. */
  overridden: string[]
}

/** The default metadata, then the setup's, each key overridden by the request's (F11, F20). */
export function mergeMetadata(defaults: Metadata, setup: Metadata, request: Metadata): MergedMetadata {
  return { metadata: { ...setup, ...request, ...defaults }, overridden: Object.keys(request) }
}
