import type { Locator, Page } from '@playwright/test'
import type { InferenceStatus } from '../../main/contract/index.ts'

/** The value beside a key in a list of keys and values. */
export const valueOf = (scope: Locator, key: string) =>
  scope
    .locator('dt')
    .filter({ hasText: new RegExp(`^${key}$`) })
    .locator('+ dd')

/** The inference center: a row for each inference. */
export class CenterPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  row(name: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name, exact: true }) })
  }

  status(name: string, status: InferenceStatus): Locator {
    return this.row(name).locator(`[data-status="${status}"]`)
  }

  run(name: string): Locator {
    return this.page.getByRole('button', { name: `Run ${name}`, exact: true })
  }

  stop(name: string): Locator {
    return this.page.getByRole('button', { name: `Stop ${name}`, exact: true })
  }

  /** An item of an inference's menu, which this opens. */
  async menuItem(name: string, item: string | RegExp): Promise<Locator> {
    await this.page.getByRole('button', { name: `More for ${name}`, exact: true }).click()
    return this.page.getByRole('menuitem', { name: item })
  }
}

/** The page of one inference: where its parts are. */
export class DetailsPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(project: string, slug: string) {
    await this.page.goto(`/projects/${project}/inferences/${slug}`)
  }

  status(status: InferenceStatus): Locator {
    return this.page.locator(`h1 ~ [data-status="${status}"]`)
  }

  /** The status with all that is said beside it. */
  get head(): Locator {
    return this.page.locator('header').filter({ has: this.page.locator('h1 ~ [data-status]') })
  }

  part(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** A figure of the run with its label. */
  figure(label: string): Locator {
    return this.part('Figures of this run').getByText(label, { exact: true }).locator('..')
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  get history(): Locator {
    return this.page.getByRole('table', { name: 'History' })
  }

  /** The row of an instance in the table of what the engine processes do. */
  instance(number: number): Locator {
    return this.part('Instances').getByRole('row').nth(number)
  }

  /** A line of the setup as it runs. */
  setupLine(section: string): Locator {
    return valueOf(this.part('Setup'), section)
  }
}
