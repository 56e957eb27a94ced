import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useProject } from '../api/queries.ts'
import { classColours } from '../ui/classColours.ts'
import { RuleCard } from './RuleCard.tsx'
import type { SetupForm } from './useSetupForm.ts'
import styles from './setup.module.css'

const path = 'sampling.classes'

/** Chosen classes, each a chip that is on or off. */
export function ClassesRule({ form }: { form: SetupForm }) {
  const { t } = useTranslation()
  const { data: project } = useProject(form.project)
  const colourOf = useMemo(() => classColours(project?.classes ?? []), [project?.classes])
  const { classes } = form.draft.sampling
  const offered = [...new Set([...(form.model?.spec.classes ?? []), ...classes.names])]
  const set = (part: Partial<typeof classes>) => form.setSampling({ classes: { ...classes, ...part } }, path)
  const toggle = (name: string) =>
    set({ names: offered.filter((item) => (item === name) !== classes.names.includes(item)) })
  return (
    <RuleCard rule="classes" on={classes.on} onSwitch={(on) => set({ on })}>
      <div
        className={styles.classes}
        role="group"
        aria-label={t('setup.sampling.classes')}
        data-wrong={path in form.errors}
      >
        {offered.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.classChip}
            aria-pressed={classes.names.includes(name)}
            onClick={() => toggle(name)}
          >
            <span className={styles.swatch} style={{ background: colourOf(name) }} />
            {name}
          </button>
        ))}
      </div>
      {form.errors[path] && (
        <p className={styles.wrongText} role="alert">
          {form.errors[path]}
        </p>
      )}
    </RuleCard>
  )
}
