import { useRef, useState } from 'react'
import { ApiProblem } from '../api/call.ts'
import { useInspectIncoming, useInspectModel } from '../api/actions.ts'
import { sentence } from '../ui/format.ts'
import { errorWords } from '../ui/errorWords.ts'
import { useWords, type Words } from '../ui/words/useWords.ts'

const isModel = ({ name }: File) => /\.onnx$/i.test(name)

/** A model's file with its external data: chosen or dropped, together or one after the other, then inspected. */
export function useModelFiles() {
  const { t } = useWords()
  const [files, setFiles] = useState<readonly File[]>([])
  const [wrong, setWrong] = useState<string | null>(null)
  const inspect = useInspectModel()
  const incoming = useInspectIncoming()
  const running = useRef<AbortController>(null)
  const begin = () => {
    running.current?.abort()
    running.current = new AbortController()
    return running.current.signal
  }
  const take = (wanted: readonly File[]) => {
    setFiles(wanted)
    const models = wanted.filter(isModel)
    const [file] = models
    setWrong(
      !file
        ? t('models.noModelFile', { names: wanted.map(({ name }) => name).join(', ') })
        : models.length > 1
          ? t('models.severalModels')
          : null
    )
    if (file && models.length === 1) {
      inspect.mutate({ file, data: wanted.filter((one) => one !== file), signal: begin() })
    }
  }
  const reset = () => {
    running.current?.abort()
    inspect.reset()
    incoming.reset()
    setFiles([])
    setWrong(null)
  }
  return {
    files,
    /** It was refused as it stands alone: its external data may be all that it lacks. */
    mayLackData: inspect.error instanceof ApiProblem && inspect.error.problem.code === 'MODEL_UNSUPPORTED',
    inspection: inspect.data ?? incoming.data,
    isPending: inspect.isPending || incoming.isPending,
    error: wrong ?? refusal(t, inspect.error ?? incoming.error),
    /** Data files may come after the model that was refused without them; another model takes its place. */
    add: (given: readonly File[]) =>
      take(given.some(isModel) ? given : [...files.filter((one) => !named(given, one)), ...given]),
    open: (id: string) => incoming.mutate({ id, signal: begin() }),
    reset
  }
}

export type ModelFilesState = ReturnType<typeof useModelFiles>

const named = (files: readonly File[], { name }: File) => files.some((one) => one.name === name)

/** In the host's words; one that was given up is none. */
function refusal(t: Words, error: Error | null): string | null {
  return error && error.name !== 'AbortError' ? sentence(errorWords(t, error) ?? '') : null
}
