import type { Section } from './useSetupForm.ts'

/** Id of a section's element, for jumping to it. */
export const sectionId = (section: Section) => `section-${section}`
