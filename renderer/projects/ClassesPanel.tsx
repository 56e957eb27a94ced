import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { paletteColour, type Project } from '../../main/contract/index.ts'
import { useChangeProject } from '../api/actions.ts'
import { formatNumber } from '../ui/format.ts'
import { Panel } from '../ui/Screen.tsx'
import layout from '../ui/layout.module.css'
import { toast, toastError } from '../ui/toast.ts'
import { ClassColour } from './ClassColour.tsx'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** More classes than this are found by name. */
const mostShown = 60

/** The classes of a project and the colours in which they are drawn, to be changed. */
export function ClassesPanel({ project }: { project: Project }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  const { save, resetAll } = useSaveColours(project)
  const classes = project.classes.map((name, index) => ({ name, colour: project.colours[index] ?? '' }))
  const found = classes.filter(({ name }) => name.toLowerCase().includes(text.trim().toLowerCase()))
  const shown = found.slice(0, mostShown)
  const isChanged = classes.some(({ colour }, index) => colour !== paletteColour(index))
  return (
    <Panel
      label={t('classes.title')}
      title={
        <>
          <h2 className={layout.panelTitle}>{t('classes.title')}</h2>
          <span className={layout.muted}>{formatNumber(classes.length)}</span>
        </>
      }
      actions={
        isChanged && (
          <Button variant="subtle" color="gray" size="compact-md" onClick={resetAll}>
            {t('classes.resetAll')}
          </Button>
        )
      }
    >
      <div className={styles.classColours}>
        <p className={layout.small}>{t('classes.help')}</p>
        {classes.length > mostShown && (
          <TextInput
            leftSection={<IconSearch size={16} />}
            aria-label={t('classes.find')}
            placeholder={t('classes.find')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <ul>
          {shown.map(({ name, colour }) => (
            <li key={name}>
              <ClassColour name={name} colour={colour} onSave={(given) => save([{ class: name, colour: given }])} />
            </li>
          ))}
        </ul>
        {found.length > shown.length && (
          <p className={layout.small}>{t('classes.more', { count: found.length - shown.length })}</p>
        )}
      </div>
    </Panel>
  )
}

type Colours = { class: string; colour: string | null }[]

function useSaveColours({ id, classes, colours }: Project) {
  const { t } = useWords()
  const change = useChangeProject()
  const save = (given: Colours, onSuccess = () => {}) =>
    change.mutate(
      { id, body: { colours: given } },
      { onSuccess, onError: (error) => toastError(t('classes.notChanged'), error) }
    )
  const undo = () => save(classes.map((name, index) => ({ class: name, colour: colours[index] ?? null })))
  const resetAll = () =>
    save(
      classes.map((name) => ({ class: name, colour: null })),
      () => toast(t('classes.wereReset'), { label: t('ui.undo'), act: undo })
    )
  return { save, resetAll }
}
