import { Button, Switch } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../ui/words/useWords.ts'
import { toast } from '../ui/toast.ts'
import { withoutThreshold, withThresholdOf } from './changeThresholds.ts'
import { SetupSection } from './SetupSection.tsx'
import { newThreshold, type ThresholdDraft } from './sizesDraft.ts'
import { SizesTrial } from './SizesTrial.tsx'
import { SizeThreshold } from './SizeThreshold.tsx'
import { thresholdId } from './thresholdId.ts'
import type { SetupForm } from './useSetupForm.ts'
import styles from './sizes.module.css'

/** Detection size measurement: thresholds on the area, beside a picture on which they can be seen at work. */
export function SizesSection({ form }: { form: SetupForm }) {
  const { t } = useWords()
  const { on, thresholds } = form.draft.sizes
  const [open, setOpen] = useState<number | null>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const list = useThresholds(form, setOpen)
  const active = thresholds.find(({ id }) => id === open)
  return (
    <SetupSection
      section="sizes"
      title={t('setup.sizes.title')}
      help={t('setup.sizes.help')}
      action={
        <Switch
          label={t('setup.sizes.on')}
          labelPosition="left"
          checked={on}
          onChange={(event) => list.turn(event.currentTarget.checked)}
        />
      }
    >
      {on && (
        <div className={styles.sizes}>
          <div className={styles.body}>
            <div className={styles.thresholds}>
              {thresholds.map((threshold) => (
                <SizeThreshold
                  key={threshold.id}
                  form={form}
                  threshold={threshold}
                  isOpen={threshold.id === open}
                  onOpen={(isOpen) => setOpen(isOpen ? threshold.id : null)}
                  onDelete={() => {
                    list.remove(threshold)
                    addButton.current?.focus()
                  }}
                />
              ))}
              <Button ref={addButton} variant="default" leftSection={<IconPlus size={16} />} onClick={list.add}>
                {t('setup.sizes.add')}
              </Button>
            </div>
            <SizesTrial form={form} active={active} />
          </div>
        </div>
      )}
    </SetupSection>
  )
}

/** What can be done with the list; a new threshold is opened and gets the focus. */
function useThresholds(form: SetupForm, open: (id: number | null) => void) {
  const { t } = useWords()
  const { sizes } = form.draft
  const added = useRef<number>(null)
  useEffect(() => {
    if (added.current === null) return
    document.getElementById(thresholdId(added.current))?.querySelector<HTMLElement>('input')?.focus()
    added.current = null
  }, [sizes.thresholds])

  function add() {
    const threshold = newThreshold(sizes.thresholds, t('setup.sizes.defaultName'))
    added.current = threshold.id
    open(threshold.id)
    form.change((now) => ({ sizes: { on: true, thresholds: [...now.sizes.thresholds, threshold] } }), 'sizes')
  }

  function remove(threshold: ThresholdDraft) {
    const before = form.draft
    form.change((now) => withoutThreshold(now, threshold.id), 'sizes')
    toast(t('setup.sizes.deleted', { name: threshold.name }), {
      label: t('ui.undo'),
      act: () => form.change((now) => withThresholdOf(now, before, threshold.id, t('setup.sizes.defaultName')), 'sizes')
    })
  }

  return {
    add,
    remove,
    turn: (on: boolean) =>
      on && sizes.thresholds.length === 0 ? add() : form.change({ sizes: { ...sizes, on } }, 'sizes')
  }
}
