import { NumberInput, Select, TextInput } from '@mantine/core'
import { Unit } from '../ui/Unit.tsx'
import type { ShutdownDraft } from './shutdownDraft.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'

const kinds = ['never', 'idle', 'after', 'at'] as const
const path = 'general.shutdown'

/** When the run ends by itself: the kind, and beside it its value. */
export function ShutdownFields({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { shutdown } = form.draft.general
  const set = (part: Partial<ShutdownDraft>, field: string) =>
    form.change({ general: { ...form.draft.general, shutdown: { ...shutdown, ...part } } }, field)
  return (
    <>
      <Select
        label={t('setup.shutdown.label')}
        description={t(`setup.shutdown.help.${shutdown.kind}`)}
        data={kinds.map((value) => ({ value, label: t(`setup.shutdown.kinds.${value}`) }))}
        value={shutdown.kind}
        allowDeselect={false}
        onChange={(value) => set({ kind: kinds.find((kind) => kind === value) ?? 'never' }, path)}
      />
      <Value form={form} set={set} />
    </>
  )
}

type Set = (part: Partial<ShutdownDraft>, field: string) => void

function Value({ form, set }: { form: SetupForm; set: Set }) {
  const { t } = useWords()
  const { kind, time, ...amounts } = form.draft.general.shutdown
  if (kind === 'never') return <div />
  if (kind === 'at') {
    const field = `${path}.time`
    return (
      <TextInput
        type="time"
        label={t('setup.shutdown.time')}
        description={t('setup.shutdown.timeHelp')}
        value={time}
        error={form.errors[field]}
        onChange={(event) => set({ time: event.currentTarget.value }, field)}
        onBlur={() => form.leave(field)}
      />
    )
  }
  const amount = kind === 'idle' ? 'minutes' : 'hours'
  const field = `${path}.${amount}`
  return (
    <NumberInput
      label={t(`setup.shutdown.${amount}`)}
      description={t(`setup.shutdown.${amount}Help`)}
      rightSection={<Unit of={amount === 'minutes' ? 'min' : 'h'} />}
      allowDecimal={amount === 'hours'}
      value={amounts[amount]}
      error={form.errors[field]}
      onChange={(value) => set({ [amount]: value }, field)}
      onBlur={() => form.leave(field)}
    />
  )
}
