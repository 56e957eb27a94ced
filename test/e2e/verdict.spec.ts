import { expect, type Page } from '@playwright/test'
import { Receiver } from '../helpers/receiver.ts'
import { expectNoViolations } from './axe.ts'
import { boardPicture, test } from './lineside.ts'

const region = (page: Page, name: string) => page.getByRole('region', { name })

async function choose(page: Page, list: ReturnType<Page['locator']>, option: string) {
  await list.click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('a verdict is set up by rules, said of each picture and counted until the counter is reset', async ({
  lineside: page,
  line
}) => {
  const { project } = await line.sampleInference()
  await page.goto(`/projects/${project.id}/inferences/new`)
  await page.getByLabel('Name', { exact: true }).fill('Judged')
  const verdict = region(page, 'Verdict')
  await verdict.getByRole('switch', { name: /^Say OK, WARN or NG/ }).check()
  await page.getByRole('button', { name: 'Save setup' }).click()
  await expect(verdict.getByText('Choose at least one class.')).toBeVisible()
  const rule = verdict.getByRole('group', { name: 'Rule', exact: true })
  await choose(page, rule.getByRole('combobox', { name: 'If' }), 'there are so many of these classes')
  for (const name of ['open', 'short', 'mousebite', 'spur'])
    await rule.getByRole('button', { name, exact: true }).click()
  await rule.getByRole('textbox', { name: 'At least so many' }).fill('2')
  await rule.getByRole('textbox', { name: 'Name' }).fill('broken')
  await verdict.getByRole('button', { name: 'Add rule' }).click()
  await choose(page, verdict.getByRole('combobox', { name: 'Outcome' }).nth(1), 'WARN')
  await verdict.getByRole('textbox', { name: 'Name' }).nth(1).fill('broken')
  await verdict.getByRole('group', { name: 'broken' }).nth(1).getByRole('button', { name: 'copper' }).click()
  await expect(verdict.getByText('Another rule has this name.')).toBeVisible()
  await verdict.getByRole('textbox', { name: 'Name' }).nth(1).fill('left over')
  await expect(
    verdict.getByText(
      'NG if there are at least 2 open, short, mousebite or spur; WARN if there is any copper; OK otherwise'
    )
  ).toBeVisible()
  await expect(page.getByText('It says OK, WARN or NG by 2 rules.')).toBeVisible()

  await page.getByRole('button', { name: 'Run inference' }).click()
  await expect(page.locator('h1 ~ [data-status="healthy"]')).toBeVisible()
  await line.post('judged', boardPicture('board-01.png'))
  const counter = region(page, 'Shift counter')
  await expect(counter).toContainText(/NG\s*1/)
  await expect(page.locator('[data-outcome="NG"]', { hasText: 'broken' })).toBeVisible()
  await counter.getByRole('button', { name: 'Reset' }).click()
  await expect(page.getByRole('dialog')).toContainText('These go: 0 OK, 0 WARN, 1 NG, 0 errors.')
  await page.getByRole('button', { name: 'Reset counter' }).click()
  await expect(counter).toContainText(/NG\s*0/)
  await expect(page.getByRole('dialog')).toBeHidden()
})

test.describe('a webhook', () => {
  let receiver: Receiver
  test.beforeEach(async () => {
    receiver = await Receiver.start()
  })
  test.afterEach(() => receiver.down())

  test('is tested before it is saved, keeps its secret, and says when it does not deliver', async ({
    lineside: page,
    line
  }) => {
    const { slug, project } = await line.sampleInference()
    await page.goto(`/projects/${project.id}/inferences/${slug}/setup`)
    const outputs = region(page, 'Outputs')
    await outputs.getByRole('button', { name: 'Add webhook' }).click()
    await outputs.getByRole('button', { name: 'Test connection' }).click()
    await expect(outputs.getByText('must be a whole address')).toBeVisible()
    await outputs.getByLabel('Address that is posted to').fill(receiver.url)
    await outputs.getByRole('textbox', { name: 'Name' }).fill('Gate')
    await outputs.getByRole('button', { name: 'Sign with a secret' }).click()
    await expect(outputs.getByLabel('Secret')).toHaveValue(/^whsec_/)
    await outputs.getByRole('button', { name: 'Test connection' }).click()
    await expect(outputs.getByRole('status').filter({ hasText: 'accepted the test message: 200' })).toBeVisible()
    expect(receiver.received[0]?.event).toBe('test')
    await receiver.down()
    await outputs.getByRole('button', { name: 'Test connection' }).click()
    await expect(outputs.getByRole('status').filter({ hasText: /^Nothing listens at/ })).toBeVisible()
    await receiver.up()
    await page.getByRole('button', { name: 'Save setup' }).click()
    await expect(page).not.toHaveURL(/setup$/)
    await page.goto(`/projects/${project.id}/inferences/${slug}/setup`)
    await expect(outputs.getByText('Messages are signed with the secret that is stored.')).toBeVisible()

    await line.run(slug)
    await line.post(slug, boardPicture('board-01.png'))
    await page.goto(`/projects/${project.id}/inferences/${slug}`)
    const health = region(page, 'Health')
    await expect(health).toContainText(/Gate\s*1 sent/)
    expect(receiver.received.at(-1)?.headers['webhook-signature']).toMatch(/^v1,/)
    await receiver.down()
    await line.post(slug, boardPicture('board-01.png'))
    await expect(health).toContainText(/nothing listens at .+, since .+, tries again in \d+ s, 1 sent, 1 waits/)
    await expect(page.locator('h1 ~ [data-status="healthy"]')).toBeVisible()
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what is set up and shown of verdicts and outputs breaks no rule of axe, ${colorScheme}`, async ({
    lineside: page,
    line
  }) => {
    await page.emulateMedia({ colorScheme })
    const { slug, project } = await line.sampleInference()
    await page.goto(`/projects/${project.id}/inferences/${slug}/setup`)
    const verdict = region(page, 'Verdict')
    await verdict.getByRole('switch', { name: /^Say OK, WARN or NG/ }).check()
    await choose(page, verdict.getByRole('combobox', { name: 'If' }), 'there are so many of these classes')
    const outputs = region(page, 'Outputs')
    await outputs.getByRole('button', { name: 'Add webhook' }).click()
    await outputs.getByRole('button', { name: 'Sign with a secret' }).click()
    await choose(page, outputs.getByRole('combobox', { name: 'Results' }), 'only some verdicts')
    await outputs.getByRole('button', { name: /^Limits/ }).click()
    await page.getByRole('button', { name: 'Save setup' }).click()
    await expect(verdict.getByText('Choose at least one class.')).toBeVisible()
    await expectNoViolations(page, 'setup with errors')
    await verdict.getByRole('button', { name: 'open', exact: true }).click()
    // Nothing listens at the port of discard on this workstation.
    await outputs.getByLabel('Address that is posted to').fill('http://127.0.0.1:9/')
    await outputs.getByRole('button', { name: 'Test connection' }).click()
    await expect(outputs.getByRole('status').filter({ hasText: /./ })).toBeVisible()
    await expectNoViolations(page, 'setup')
    await page.getByRole('button', { name: 'Save setup' }).click()
    await expect(page).not.toHaveURL(/setup$/)
    await line.run(slug)
    await line.post(slug, boardPicture('board-01.png'))
    await expect(region(page, 'Shift counter')).toContainText(/(OK|NG)\s*1/)
    await expectNoViolations(page, 'details')
  })
}
