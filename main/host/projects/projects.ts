import type { NewProject, Project } from '../../contract/index.ts'

/** F1. */
export declare class Projects {
  list(): Promise<Project[]>
  /** @throws Refusal NOT_FOUND */
  get(id: string): Promise<Project>
  /** @throws Refusal NAME_TAKEN */
  create(given: NewProject): Promise<Project>
  /** Renames, adds classes. @throws Refusal NOT_FOUND, NAME_TAKEN, CONFLICT (a class that a model has is taken away) */
  change(id: string, given: Partial<Pick<NewProject, 'name' | 'classes'>>): Promise<Project>
  /** @throws Refusal NOT_FOUND, CONFLICT (an inference of it runs) */
  remove(id: string): Promise<void>
}
