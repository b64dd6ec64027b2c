import { NO_INPUTS, resolveAnswers } from "../answers/resolve-answers.ts"
import { parseAnswer } from "../answers/parse-answer.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import { type LintInput, placeIn, warning } from "./lint-input.ts"
import type { TriedTemplate } from "./rendered-cases.ts"

/** Examples and test answers that do not fit, and questions that nothing is known to answer. */
export function checkAnswers({ template, manifests }: LintInput, { space }: TriedTemplate): readonly Diagnostic[] {
  const { manifest } = template
  const examples = manifests.flatMap((parsed) =>
    parsed.manifest.questions.flatMap((question, index) => [
      ...(question.examples ?? []).flatMap((example, at) => {
        const answer = parseAnswer(question, example)
        if (answer.ok) return []
        return [
          problem("example-refused", `${question.name}: the example ${JSON.stringify(example)} ${answer.message}`, {
            ...placeIn(parsed, ["questions", index, "examples", at]),
            hint: "change the example, or what the question accepts",
          }),
        ]
      }),
      ...(space.unanswered.includes(question.name)
        ? [
            warning("no-sample", `${question.name}: no answer is known that it accepts, so it is not tried`, {
              ...placeIn(parsed, ["questions", index]),
              hint: "give it a default, or examples: […], or an entry in test.answers",
            }),
          ]
        : []),
    ]),
  )
  const main = manifests[0]
  const sets = manifest.test.answers.flatMap((answers, index) =>
    resolveAnswers(manifest, { ...NO_INPUTS, file: answers }).problems.map((each) => ({
      ...each,
      message: `test.answers: ${each.message}`,
      ...(main ? placeIn(main, ["test", "answers", index]) : {}),
      hint: "change this set of answers",
    })),
  )
  return [...examples, ...sets]
}
