import { NO_INPUTS, nextTurn } from "../answers/resolve-answers.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Manifest } from "../model/template.ts"
import { accepted, samplesOf } from "./sample-values.ts"

/**
 * One set of answers for a template: those of `wanted` that it accepts, for the rest the default, or else a sample. What
 * nothing is known for stays unanswered.
 */
export function sampleFor(manifest: Manifest, wanted: Readonly<Record<string, unknown>>): Answers {
  const answers: Record<string, AnswerValue> = {}
  const done = new Set<string>()
  for (
    let turn = nextTurn(manifest, NO_INPUTS, answers, done);
    turn;
    turn = nextTurn(manifest, NO_INPUTS, answers, done)
  ) {
    const { question } = turn
    const { name } = question
    done.add(name)
    const [given] = Object.hasOwn(wanted, name) ? accepted(question, [wanted[name]], answers) : []
    const answer = given ?? samplesOf(manifest, question, answers)[0]
    if (answer !== undefined) answers[name] = answer
  }
  return answers
}
