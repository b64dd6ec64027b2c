import type { Answers } from "../core/model/answers.ts"
import { type Diagnostic, MeshwrightError } from "../core/model/diagnostic.ts"
import type { Template } from "../core/model/template.ts"
import { PROJECT_FILE } from "../core/plan/plan-project.ts"
import { askQuestions, environmentAnswers } from "./ask-questions.ts"
import type { LoadedProject } from "./load-project.ts"
import type { Ports } from "./ports/ports.ts"
import { withNewNames } from "./update/rename-recorded.ts"

/** Answers of meshwright.yml that are not those of the last update. */
export function editedAnswers({ file, lock }: LoadedProject): Answers {
  const before = lock.lock.answers
  return Object.fromEntries(
    Object.entries(file.answers).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value)),
  )
}

/** Why an update would not take what somebody edited in meshwright.yml. */
export async function editedProblems(
  { environment }: Pick<Ports, "environment">,
  recorded: LoadedProject,
  template: Template,
): Promise<readonly Diagnostic[]> {
  const { manifest } = template
  const { file, lock } = withNewNames(recorded, template).project
  const inputs = {
    flag: {},
    file: editedAnswers(recorded),
    places: recorded.file.places,
    environment: environmentAnswers(manifest, environment),
    recorded: { ...lock.lock.fixed, ...file.answers },
    guesses: {},
  }
  try {
    await askQuestions(manifest, inputs, undefined, { askRecorded: false })
    return []
  } catch (error) {
    // What else the newest template asks is not of these edits.
    if (error instanceof MeshwrightError) return error.diagnostics.filter((each) => each.file === PROJECT_FILE)
    throw error
  }
}
