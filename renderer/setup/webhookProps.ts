import type { OutputDraft } from './outputDraft.ts'
import type { SetupForm } from './useSetupForm.ts'

/** What each part of a webhook's card is given. */
export interface WebhookProps {
  form: SetupForm
  /** Of the inference that is changed. */
  slug: string | undefined
  output: OutputDraft
  /** Where it stands in the setup, such as `outputs.0`. */
  path: string
  onChange: (part: Partial<OutputDraft>, path: string) => void
  onRemove: () => void
}
