import { expect, type Locator, type Page } from '@playwright/test'

/** The wizard: where its sections, fields and buttons are. */
export class SetupPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** A section by its heading. */
  section(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  get general(): Locator {
    return this.section('General')
  }

  get sampling(): Locator {
    return this.section('Sampling')
  }

  get name(): Locator {
    return this.general.getByRole('textbox', { name: 'Name', exact: true })
  }

  get save(): Locator {
    return this.page.getByRole('button', { name: 'Save setup' })
  }

  get run(): Locator {
    return this.page.getByRole('button', { name: 'Run inference' })
  }

  /** What is said of the setup in one paragraph. */
  get inShort(): Locator {
    return this.page.getByRole('complementary', { name: 'In short' })
  }

  async openNew(project: string, name: string) {
    await this.page.goto(`/projects/${project}/inferences/new`)
    await this.name.fill(name)
  }

  async choose(list: Locator, option: string | RegExp) {
    await list.click()
    await this.page
      .getByRole('option', typeof option === 'string' ? { name: option, exact: true } : { name: option })
      .click()
  }

  /** The switch of a sampling rule, by its first words. */
  rule(name: string): Locator {
    return this.sampling.getByRole('switch', { name: new RegExp(`^${name} `) })
  }

  /** Adds a row of metadata. */
  async addMetadata(key: string, value: string) {
    const metadata = this.section('Metadata')
    await metadata.getByRole('button', { name: 'Add', exact: true }).click()
    await metadata.getByRole('textbox', { name: 'Key' }).last().fill(key)
    await metadata.getByRole('textbox', { name: 'Value' }).last().fill(value)
  }

  /** Runs what is set up; resolves once the window shows it healthy. */
  async runUntilHealthy() {
    await this.run.click()
    await expect(this.page.locator('h1 ~ [data-status="healthy"]')).toBeVisible()
  }
}
