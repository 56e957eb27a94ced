import { ApiProblem } from '../../main/cli/apiClient.ts'

/** The code of the problem that a call is answered with; `no refusal` where it succeeds. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'no refusal'
  } catch (error) {
    if (error instanceof ApiProblem) return error.problem.code
    throw error
  }
}
