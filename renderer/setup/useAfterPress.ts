import { useEffect, useRef } from 'react'

/**
 * Puts something off while a pointer is pressed. Leaving a field shows its error, which may move what lies below it:
 * a button that was pressed to leave the field must still be there when the press ends, or its click is lost.
 */
export function useAfterPress() {
  const pressed = useRef(false)
  const waiting = useRef<(() => void)[]>([])
  useEffect(() => {
    const onDown = () => {
      pressed.current = true
    }
    // The click comes right after the pointer is up, before the next task.
    const onUp = () => {
      pressed.current = false
      setTimeout(() => waiting.current.splice(0).forEach((act) => act()))
    }
    const options = { capture: true }
    window.addEventListener('pointerdown', onDown, options)
    window.addEventListener('pointerup', onUp, options)
    window.addEventListener('pointercancel', onUp, options)
    return () => {
      window.removeEventListener('pointerdown', onDown, options)
      window.removeEventListener('pointerup', onUp, options)
      window.removeEventListener('pointercancel', onUp, options)
    }
  }, [])
  return (act: () => void) => {
    if (pressed.current) waiting.current.push(act)
    else act()
  }
}
