import type { ColourOf } from '../ui/classColours.ts'
import styles from './setup.module.css'

interface ChoiceChipsProps<T extends string> {
  label: string
  offered: readonly T[]
  chosen: readonly T[]
  colourOf?: ColourOf
  error?: string | undefined
  onChange: (chosen: T[]) => void
}

/** Chips of which any number is on, in the order in which they are offered. */
export function ChoiceChips<T extends string>(props: ChoiceChipsProps<T>) {
  const { label, offered, chosen, colourOf, error, onChange } = props
  const toggle = (name: T) => onChange(offered.filter((item) => (item === name) !== chosen.includes(item)))
  return (
    <div>
      <div className={styles.classes} role="group" aria-label={label} data-wrong={error !== undefined}>
        {offered.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.classChip}
            aria-pressed={chosen.includes(name)}
            onClick={() => toggle(name)}
          >
            {colourOf && <span className={styles.swatch} style={{ background: colourOf(name) }} />}
            {name}
          </button>
        ))}
      </div>
      {error && (
        <p className={styles.wrongText} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
