import { Button, ColorPicker, Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { colour as colourSchema, paletteColour } from '../../main/contract/index.ts'
import { inkOn } from '../ui/classColours.ts'
import { useWords } from '../ui/words/useWords.ts'
import styles from './projects.module.css'

interface ClassColourProps {
  name: string
  colour: string
  /** Null: a colour of the palette again. */
  onSave: (colour: string | null) => void
}

const offered = Array.from({ length: 14 }, (_, index) => paletteColour(index))

/** Long enough that dragging through colours saves the last one only. */
const restMs = 300

/** A class and its colour as its labels are drawn; a press opens the choice of another. */
export function ClassColour({ name, colour, onSave }: ClassColourProps) {
  const { t } = useWords()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus withinPortal>
      <Popover.Target>
        <button
          type="button"
          className={styles.classColour}
          style={{ background: colour, color: inkOn(colour) }}
          aria-label={t('classes.colourOf', { name })}
          onClick={() => setOpened(!opened)}
        >
          {name}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('classes.colourOf', { name })}>
        <Choice name={name} colour={colour} onSave={onSave} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Choice({ name, colour, onSave }: ClassColourProps) {
  const { t } = useWords()
  const [typed, setTyped] = useState(colour)
  const save = useDebouncedCallback(onSave, { delay: restMs, flushOnUnmount: true })
  const choose = (given: string) => {
    setTyped(given)
    const { data } = colourSchema.safeParse(given.trim().toLowerCase())
    if (data && data !== colour) save(data)
  }
  const chosen = colourSchema.safeParse(typed.trim().toLowerCase()).data ?? colour
  return (
    <div className={styles.colourChoice}>
      <ColorPicker
        format="hex"
        value={chosen}
        swatches={offered}
        saturationLabel={t('classes.shade', { name })}
        hueLabel={t('classes.hue', { name })}
        onChange={choose}
      />
      <TextInput
        aria-label={t('classes.hex')}
        value={typed}
        maxLength={7}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <Button
        variant="default"
        size="compact-md"
        onClick={() => {
          save.cancel()
          onSave(null)
        }}
      >
        {t('classes.reset')}
      </Button>
    </div>
  )
}
