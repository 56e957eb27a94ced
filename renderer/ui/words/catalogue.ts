import type { z } from 'zod'
import type { Family, familyOptions, familyParameters } from '../../../main/contract/index.ts'
import type { en } from './en.ts'

/** The same texts in another language: each key of the English catalogue, and no other. */
type Translated<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translated<T[K]> }
export type Catalogue = Translated<typeof en>

type FieldsOf<S extends Record<Family, z.ZodObject>> = {
  readonly [F in Family]: { readonly [K in keyof S[F]['shape']]: { readonly title: string; readonly help: string } }
}

/** Title and help of each field of the families' schemas, in another language than the schemas themselves. */
export interface FieldWords {
  readonly parameters: FieldsOf<typeof familyParameters>
  readonly options: FieldsOf<typeof familyOptions>
}
