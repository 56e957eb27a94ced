import { useEffect, useRef, useState, type RefObject } from 'react'

/**
 * A function that puts the focus on the first thing on the page that is wrong, once all that is wrong is drawn.
 * @param isDrawn Whether every section shows the form as it is now.
 */
export function useJumpToError(page: RefObject<HTMLElement | null>, isDrawn: boolean): () => void {
  const [asked, setAsked] = useState(0)
  const done = useRef(0)
  useEffect(() => {
    if (!isDrawn || done.current === asked) return
    done.current = asked
    const field = page.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong="true"] button')
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  }, [asked, isDrawn, page])
  return () => setAsked((now) => now + 1)
}
