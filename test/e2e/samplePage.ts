import type { Locator, Page } from '@playwright/test'
import { valueOf } from './centerPage.ts'

/** How the window says why a sample was recorded. */
export function reasonWords(reason: string): string {
  const [kind = '', name = ''] = reason.split(':')
  const words: Record<string, string> = {
    random: 'at random',
    interval: 'at an interval',
    manual: 'by hand',
    confidence: 'confidence in the range',
    unknown: 'unknown',
    class: `class: ${name}`,
    size: `size: ${name}`
  }
  return words[kind] ?? reason
}

/** The view of one sample: where its parts are. */
export class SamplePage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(project: string, sample: string) {
    await this.page.goto(`/projects/${project}/samples/${sample}`)
  }

  get info(): Locator {
    return this.page.getByRole('complementary', { name: 'Sample info' })
  }

  /** What stands beside a key of the sample's information. */
  value(key: string): Locator {
    return valueOf(this.info, key)
  }

  get reasons(): Locator {
    const because = this.page.getByRole('heading', { name: 'Recorded because' })
    return this.info.locator('section').filter({ has: because }).locator('span')
  }

  /** The rows of the predictions under a heading. */
  rows(heading: string | RegExp): Locator {
    const head = this.page.getByRole('heading', { name: heading })
    return this.info.locator('section').filter({ has: head }).getByRole('listitem')
  }
}
