// The command line's entry: the version is looked at before anything native is loaded, which an old Node would not survive.
import { nodeProblem } from './nodeVersion.ts'

const problem = nodeProblem(process.versions.node)
if (problem === null) {
  const { runCommand } = await import('./commands.ts')
  process.exitCode = await runCommand(process.argv.slice(2))
} else {
  console.error(problem)
  process.exitCode = 1
}
