import { routes } from '../../../contract/index.ts'
import type { OutputTests } from '../../outputs/outputTests.ts'
import { handle, type Api } from '../handle.ts'

export function outputRoutes(api: Api, tests: OutputTests): void {
  handle(api, routes.testOutput, ({ body }) => tests.test(body.output, body.inference))
}
