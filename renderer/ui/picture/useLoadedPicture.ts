import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Prediction, Size } from '../../../main/contract/index.ts'

/** A picture with what was predicted on it. */
export interface Picture {
  src: string
  image: Size
  predictions: readonly Prediction[]
}

/**
 * The given picture once its image has been decoded, the one before it until then, so that predictions never
 * stand on another picture. While one loads only the newest waits; one that cannot be loaded is passed over.
 */
export function useLoadedPicture(picture: Picture | undefined) {
  const [shown, setShown] = useState<Picture>()
  const [failed, setFailed] = useState(false)
  const wanted = useRef<Picture>(undefined)
  const loading = useRef(false)
  const mounted = useRef(true)

  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])

  // Only another image has to be loaded; other predictions on the same one show at once.
  const start = useEffectEvent(() => {
    wanted.current = picture
    void loadNewest()

    async function loadNewest(): Promise<void> {
      const next = wanted.current
      if (!next || loading.current) return
      wanted.current = undefined
      loading.current = true
      const done = await decoded(next.src)
      loading.current = false
      if (!mounted.current) return
      setFailed(!done)
      if (done) setShown(next)
      return loadNewest()
    }
  })
  useEffect(() => start(), [picture?.src])

  return { shown: shown && picture?.src === shown.src ? picture : shown, failed }
}

async function decoded(src: string) {
  const image = new Image()
  image.src = src
  try {
    await image.decode()
    return true
  } catch {
    return false
  }
}
