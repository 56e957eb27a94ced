import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { ChooseFile } from '../ui/ChooseFile.tsx'
import { FieldLabel } from './FieldLabel.tsx'
import { classesOf, classesOfFile, sourceOf } from './modelDraft.ts'
import type { ModelFormState } from './useModelForm.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

/** As the field draws its text. */
const lineHeight = 20
const paddingTop = 6
const mostLines = 7

/** The names of the classes in the order of the model's outputs: typed, pasted, or from a file of labels. */
export function ClassesField({ form }: { form: ModelFormState }) {
  const { t } = useWords()
  const { draft, setDraft, inspection } = form
  const [scrolled, setScrolled] = useState(0)
  const count = classesOf(draft.classes).length
  return (
    <div className={styles.classes}>
      <Textarea
        data-path="classes"
        label={<FieldLabel text={t('models.columns.classes')} source={sourceOf(inspection, draft, 'classes')} />}
        description={t('models.classesHelp', { count })}
        autosize
        minRows={3}
        maxRows={mostLines}
        // A name is one line, so that its number stands beside it.
        wrap="off"
        leftSection={<ClassMarks form={form} scrolled={scrolled} />}
        leftSectionWidth={String(count).length * 8 + 42}
        leftSectionPointerEvents="none"
        classNames={{ section: styles.classMarks ?? '' }}
        value={draft.classes}
        error={form.errorOf('classes')}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        onChange={(event) => setDraft({ classes: event.currentTarget.value })}
      />
      <ChooseFile
        accept=".txt,.csv,.names,text/plain"
        label={t('models.classesFile')}
        inputLabel={t('models.classesFileInput')}
        onFile={(file) => void file.text().then((text) => setDraft({ classes: classesOfFile(text).join('\n') }))}
        button={{ variant: 'subtle', size: 'compact-md' }}
      />
    </div>
  )
}

/** Beside each line in sight the number of the model's output and the colour in which it is drawn. */
function ClassMarks({ form, scrolled }: { form: ModelFormState; scrolled: number }) {
  const lines = form.draft.classes.split('\n').map((line) => line.trim())
  const first = Math.floor(scrolled / lineHeight)
  const before = lines.slice(0, first).filter(Boolean).length
  const shown = lines.slice(first, first + mostLines + 2)
  return (
    <div aria-hidden style={{ transform: `translateY(${paddingTop + first * lineHeight - scrolled}px)` }}>
      {shown.map((name, at) => (
        <span key={first + at}>
          {name && before + shown.slice(0, at).filter(Boolean).length}
          {name && <i style={{ background: form.colourOf(name) }} />}
        </span>
      ))}
    </div>
  )
}
