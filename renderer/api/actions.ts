import { useContext } from 'react'
import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query'
import {
  routes,
  type Inference,
  type ModelChange,
  type ModelReplacement,
  type NewOutput,
  type ModelSpec,
  type NewKey,
  type NewProject,
  type NewSetupInput,
  type ProjectChange,
  type SettingsChange
} from '../../main/contract/index.ts'
import { call, upload } from './call.ts'
import { withAnswered, withoutInference } from './eventStore.ts'
import { LiveContext } from './live.ts'

/** A mutation after which the given queries are fetched anew. */
function useAction<Given, Answer>(act: (given: Given) => Promise<Answer>, stale: QueryKey[] = []) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => stale.forEach((queryKey) => void queries.invalidateQueries({ queryKey }))
  })
}

/** Puts an inference that a call answered into the live store, before the event for it arrives. */
function useKeepInference() {
  const store = useContext(LiveContext)
  return (answered: Inference) => {
    store.setState((state) => withAnswered(state, answered))
    return answered
  }
}

export function useStart() {
  const keep = useKeepInference()
  return useAction((slug: string) => call(routes.startInference, { params: { slug } }).then(keep), [['runs']])
}

export function useStop() {
  const keep = useKeepInference()
  return useAction((slug: string) => call(routes.stopInference, { params: { slug } }).then(keep), [['runs']])
}

/** Puts another model under an inference. */
export function useSwitchModel() {
  const keep = useKeepInference()
  return useAction(
    (given: { slug: string; model: string }) =>
      call(routes.switchModel, { params: { slug: given.slug }, body: { model: given.model } }).then(keep),
    [['setup'], ['models']]
  )
}

/** Has the next picture of the line recorded. */
export function useRecordNext() {
  const keep = useKeepInference()
  return useAction((slug: string) => call(routes.recordNext, { params: { slug } }).then(keep))
}

/** Lets pictures be tried again over which engines died. */
export function useClearRefusedImages() {
  const keep = useKeepInference()
  return useAction((slug: string) => call(routes.clearRefusedImages, { params: { slug } }).then(keep))
}

export function useChangeSettings() {
  return useAction((body: SettingsChange) => call(routes.changeSettings, { body }), [['settings']])
}

export function useResetCounter() {
  const keep = useKeepInference()
  return useAction((slug: string) => call(routes.resetCounter, { params: { slug } }).then(keep))
}

/** Sends one harmless message to an output; `draft` is the form's, so that a result can be told to be of it. */
export function useTestOutput() {
  return useAction(({ output, inference }: { draft: unknown; output: NewOutput; inference: string | undefined }) =>
    call(routes.testOutput, { body: { output, ...(inference === undefined ? {} : { inference }) } })
  )
}

export function useCreateKey() {
  return useAction((body: NewKey) => call(routes.createKey, { body }), [['keys']])
}

export function useRevokeKey() {
  return useAction((id: string) => call(routes.revokeKey, { params: { id } }), [['keys']])
}

export function useCreateInference() {
  const keep = useKeepInference()
  return useAction(
    (body: NewSetupInput) => call(routes.createInference, { body }).then(keep),
    [['projects'], ['models']]
  )
}

export function useChangeSetup() {
  return useAction(
    (given: { slug: string; body: NewSetupInput }) =>
      call(routes.changeSetup, { params: { slug: given.slug }, body: given.body }),
    [['setup'], ['models']]
  )
}

export function useDeleteInference() {
  const store = useContext(LiveContext)
  return useAction(
    async (slug: string) => {
      await call(routes.deleteInference, { params: { slug } })
      store.setState((state) => withoutInference(state, slug))
    },
    [['projects'], ['models']]
  )
}

export function useCreateProject() {
  return useAction((body: NewProject) => call(routes.createProject, { body }), [['projects']])
}

export function useChangeProject() {
  return useAction(
    (given: { id: string; body: ProjectChange }) =>
      call(routes.changeProject, { params: { id: given.id }, body: given.body }),
    [['projects']]
  )
}

export function useDeleteProject() {
  return useAction((id: string) => call(routes.deleteProject, { params: { id } }), [['projects'], ['imports']])
}

/** What a model file and its external data say of themselves. */
export function useInspectModel() {
  return useAction(({ file, data, signal }: { file: File; data: readonly File[]; signal: AbortSignal }) => {
    const form = new FormData()
    form.append('file', file)
    for (const one of data) form.append('data', one)
    return upload(routes.inspectModel, {}, form, signal)
  })
}

/** The same of a file in the watched folder. */
export function useInspectIncoming() {
  return useAction(({ id, signal }: { id: string; signal: AbortSignal }) =>
    call(routes.inspectIncoming, { params: { id } }, signal)
  )
}

export function useDismissIncoming() {
  return useAction(
    ({ id, deleteFile }: { id: string; deleteFile: boolean }) =>
      call(routes.dismissIncoming, { params: { id }, query: { deleteFile: deleteFile ? 'true' : 'false' } }),
    [['models']]
  )
}

export function useRestoreIncoming() {
  return useAction((id: string) => call(routes.restoreIncoming, { params: { id } }), [['models']])
}

export function useCreateModel(project: string) {
  return useAction(
    (body: { uploadId: string; spec: ModelSpec }) => call(routes.createModel, { params: { id: project }, body }),
    [['models'], ['projects']]
  )
}

export function useChangeModel() {
  return useAction(
    ({ id, ...body }: ModelChange & { id: string }) => call(routes.changeModel, { params: { id }, body }),
    [['models']]
  )
}

export function useReplaceModel() {
  return useAction(
    ({ id, ...body }: ModelReplacement & { id: string }) => call(routes.replaceModel, { params: { id }, body }),
    [['models']]
  )
}

export function useDeleteModel() {
  return useAction((id: string) => call(routes.deleteModel, { params: { id } }), [['models'], ['projects']])
}

/** Predicts on a picture as a try: not sampled, not counted. */
export function useTry(slug: string) {
  return useAction((picture: Blob) => upload(routes.predict, { params: { slug }, query: { try: 'true' } }, picture))
}
