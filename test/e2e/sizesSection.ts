import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { ApiClient } from '../../main/cli/apiClient.ts'
import { routes, type Inference } from '../../main/contract/index.ts'
import type { RunningHost } from './lineside.ts'

/** A picture of the sample project whose model finds plate defects with their masks. */
export const plate = (number: number) => join('resources/sample/plate-defects/pictures', `plate-0${number}.jpg`)

/** The sample inference whose model finds plate defects with their masks. */
export async function platesOf(client: ApiClient): Promise<Inference> {
  const { items } = await client.call(routes.listInferences, {})
  const found = items.find(({ model }) => model.task === 'instance-segmentation')
  if (!found) throw new Error('no sample project segments instances')
  return found
}

export const clientOf = (host: RunningHost) => new ApiClient(host.url, host.token)

/** The section of a new setup, switched on: its first threshold is open. */
export async function openSizes(page: Page, host: RunningHost): Promise<Locator> {
  const { project } = await platesOf(clientOf(host))
  await page.goto(`/projects/${project.id}/inferences/new`)
  const section = page.getByRole('region', { name: 'Detection size measurement' })
  await section.getByRole('switch', { name: 'Measure sizes' }).check()
  return section
}

export const groupOf = (section: Locator, name: string) => section.getByRole('group', { name, exact: true })
export const headOf = (section: Locator, name: string) => section.getByRole('button', { name, exact: true })

/** Opens a threshold's list of classes, chooses some, and closes it. */
export async function choose(threshold: Locator, classes: readonly string[]) {
  await threshold.getByLabel('Classes').click()
  for (const name of classes) await threshold.page().getByRole('option', { name, exact: true }).click()
  await threshold.getByLabel('Classes').press('Escape')
}

export async function chooseOperator(threshold: Locator, name: string) {
  await threshold.getByRole('combobox', { name: 'Operator' }).click()
  await threshold.page().getByRole('option', { name, exact: true }).click()
}

export async function menu(section: Locator, name: string, item: string) {
  await section.getByRole('button', { name: `More for ${name}`, exact: true }).click()
  await section.page().getByRole('menuitem', { name: item }).click()
}
