import { newSetup, type Model, type Setup } from '../../contract/index.ts'
import { invalidFields, Refusal } from '../refusal.ts'
import { resolveSetup } from './setupRules.ts'

/**
 * The setup with another model under it (F17b); everything else stays as it is.
 * @throws Refusal INVALID_REQUEST that names what of the setup does not fit the model
 */
export function withModel(setup: Setup, present: Model, next: Model): Setup {
  const [task, asked] = [present.spec.task, next.spec.task]
  if (task !== asked) throw invalidFields([{ path: 'model', message: `is for ${asked}, the inference for ${task}` }])
  return resolveSetup(newSetup.parse({ ...setup, model: next.id }), setup.slug, next)
}

/** Why a run that is not healthy cannot go over to another model. */
export function cannotSwitch(name: string, status: string): Refusal {
  const detail = `“${name}” is ${status}; another model can be put under it while it is healthy or stopped`
  return new Refusal('CONFLICT', detail)
}

/** A run goes over to one model at a time. */
export function switchUnderWay(name: string, model: string): Refusal {
  return new Refusal('CONFLICT', `“${name}” is going over to the model “${model}”; wait until it has`)
}
