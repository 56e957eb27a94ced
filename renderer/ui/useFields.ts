import { familyOptions, familyParameters, type Family } from '../../main/contract/index.ts'
import { describeFields, type FieldDescription } from './schemaFields.ts'
import { useFieldWords } from './words/useWords.ts'

const schemas = { parameters: familyParameters, options: familyOptions }

/** The fields of a family's parameters or options, titled in the window's language. */
export function useFields(kind: keyof typeof schemas, family: Family): FieldDescription[] {
  const worded = useFieldWords(kind, family)
  return describeFields(schemas[kind][family]).map((field) => ({ ...field, ...worded(field) }))
}
