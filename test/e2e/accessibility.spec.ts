import { expect } from '@playwright/test'
import { expectNoViolations } from './axe.ts'
import { boardPicture, test } from './lineside.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen breaks a rule of axe, ${colorScheme}`, async ({ lineside: page, line }) => {
    await page.emulateMedia({ colorScheme })
    const { slug, project } = await line.sampleInference()
    await line.run(slug)
    await line.post(slug, boardPicture('board-01.png'))
    const base = `/projects/${project.id}`
    const screens: [path: string, shown: string][] = [
      ['/projects', 'Projects'],
      [base, project.name],
      [`${base}/inferences`, 'Inference center'],
      [`${base}/inferences/${slug}`, 'Health'],
      [`${base}/inferences/new`, 'Sampling'],
      [`${base}/models`, 'Models'],
      [`${base}/models/import`, 'Import model'],
      [`${base}/samples`, 'Label center'],
      [`${base}/data`, 'Data center'],
      ['/settings', 'Settings']
    ]
    for (const [path, shown] of screens) {
      await page.goto(path)
      await expect(page.getByRole('heading', { name: shown }).first()).toBeVisible()
      await expectNoViolations(page, path)
    }
    await page.goto(`${base}/samples`)
    await page
      .getByRole('link', { name: /^Sample/ })
      .first()
      .click()
    await expect(page.getByText('Recorded because')).toBeVisible()
    await expectNoViolations(page, 'sample')
  })
}
