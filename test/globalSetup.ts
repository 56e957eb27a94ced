/** What Vitest and Playwright do once before all tests; both ask for a default export. */
export { prepareStore as default } from './helpers/sampleStore.ts'
