import { useEffect, useState } from 'react'
import type { Project } from '../../main/contract/index.ts'
import { useWords } from '../ui/words/useWords.ts'
import { useSampleFile } from './queries.ts'

/** A picture to try a model on. */
export interface TrialPicture {
  key: string
  name: string
  /** For the screen. */
  src: string
  /** For the host, as a data: URL. */
  data: string
}

interface Source {
  key: string
  name: string
  blob: Blob
}

/** The picture that a person chose; until then the project's newest sample, where it has one. */
export function useTrialPicture({ newestSample }: Project) {
  const { t } = useWords()
  const [chosen, setChosen] = useState<Source | null>(null)
  const { data: sample } = useSampleFile(newestSample)
  const newest = sample && newestSample ? { key: newestSample, name: t('models.newestSample'), blob: sample } : null
  const picture = useReadPicture(chosen ?? newest)
  return {
    picture,
    choose: (file: File) => setChosen({ key: `${file.name} ${performance.now()}`, name: file.name, blob: file })
  }
}

function useReadPicture(source: Source | null): TrialPicture | null {
  const [read, setRead] = useState<TrialPicture | null>(null)
  const key = source?.key
  const blob = source?.blob
  const name = source?.name ?? ''
  useEffect(() => {
    if (!blob || !key) return
    const src = URL.createObjectURL(blob)
    const reader = new FileReader()
    reader.onload = () => typeof reader.result === 'string' && setRead({ key, name, src, data: reader.result })
    reader.readAsDataURL(blob)
    return () => {
      reader.onload = null
      URL.revokeObjectURL(src)
    }
  }, [key, blob, name])
  return read?.key === key ? read : null
}
