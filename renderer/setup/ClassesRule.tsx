import { ChoiceChips } from './ChoiceChips.tsx'
import { RuleCard } from './RuleCard.tsx'
import { useOfferedClasses } from './useOfferedClasses.ts'
import type { SetupForm } from './useSetupForm.ts'
import { useWords } from '../ui/words/useWords.ts'

const path = 'sampling.classes'

/** Chosen classes, each a chip that is on or off. */
export function ClassesRule({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { classes } = form.draft.sampling
  const { offered, colourOf } = useOfferedClasses(form, classes.names)
  const set = (part: Partial<typeof classes>) => form.setSampling({ classes: { ...classes, ...part } }, path)
  return (
    <RuleCard rule="classes" on={classes.on} onSwitch={(on) => set({ on })}>
      <ChoiceChips
        label={t('setup.sampling.classes')}
        offered={offered}
        chosen={classes.names}
        colourOf={colourOf}
        error={form.errors[path]}
        onChange={(names) => set({ names })}
      />
    </RuleCard>
  )
}
