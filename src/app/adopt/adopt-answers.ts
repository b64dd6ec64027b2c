import { type FoundAnswer, type Fitting, misfitProblem } from "../../core/adopt/fit-findings.ts"
import { type AnswerInputs, resolveAnswers } from "../../core/answers/resolve-answers.ts"
import type { Answers, AnswerValue } from "../../core/model/answers.ts"
import { MeshwrightError } from "../../core/model/diagnostic.ts"
import type { Manifest } from "../../core/model/template.ts"
import { askQuestions, environmentAnswers, type GivenAnswers } from "../ask-questions.ts"
import type { Ports } from "../ports/ports.ts"
import type { AdoptRequest } from "./adopt-request.ts"

/** Answers: what was found is shown and confirmed where somebody can be asked, and taken where nobody can. */
export async function adoptAnswers(
  ports: Ports,
  request: AdoptRequest,
  manifest: Manifest,
  { found, misfits }: Fitting,
): Promise<{ readonly given: GivenAnswers; readonly found: readonly FoundAnswer[] }> {
  const inputs: AnswerInputs = {
    flag: request.flag,
    file: request.file,
    places: request.places,
    environment: environmentAnswers(manifest, ports.environment),
    recorded: Object.fromEntries(found.map(({ question, value }) => [question, value])),
    guesses: {},
  }
  const resolved = resolveAnswers(manifest, inputs)
  const overruled = new Set([inputs.flag, inputs.file, inputs.environment].flatMap((each) => Object.keys(each)))
  const usedIn = (all: Answers): FoundAnswer[] =>
    found.filter(
      ({ question, value }) => !overruled.has(question) && JSON.stringify(all[question]) === JSON.stringify(value),
    )
  if (!ports.prompter) {
    const missing = new Set(resolved.problems.filter(({ code }) => code === "missing-answer").map(({ hint }) => hint))
    const open = misfits.filter(
      ({ question }) => Object.hasOwn(resolved.assumed, question) || missing.has(`--set ${question}=…`),
    )
    const problems = [
      ...open.map((misfit) => misfitProblem(misfit, manifest.questions)),
      // The same question twice would be one too many.
      ...resolved.problems.filter(({ hint }) => !open.some(({ question }) => hint === `--set ${question}=…`)),
    ]
    if (problems.length > 0) throw new MeshwrightError(problems, "usage")
    const given = await askQuestions(manifest, inputs, undefined)
    return { given, found: usedIn(given.answers) }
  }
  const shown = usedIn(resolved.answers)
  if (shown.length > 0) {
    const lines = shown.map(({ question, value, where }) => `  ${question}: ${showAnswer(value)} (${where})`)
    ports.prompter.say(["Found in the project:", ...lines].join("\n"))
  }
  const right = shown.length > 0 && (await ports.prompter.confirm("Is that right? (n: asks each of them)", true))
  const given = await askQuestions(manifest, inputs, ports.prompter, { askRecorded: !right })
  return { given, found: usedIn(given.answers) }
}

function showAnswer(value: AnswerValue): string {
  return typeof value === "object" ? value.join(",") : String(value)
}
