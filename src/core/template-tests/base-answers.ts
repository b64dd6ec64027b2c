import { NO_INPUTS, nextTurn } from "../answers/resolve-answers.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { accepted, samplesOf } from "./sample-values.ts"

/**
 * One set of answers for a template: those of `wanted` that it accepts, for the rest the default, or else a sample. What
 * nothing is known for stays unanswered.
 */
export function sampleFor(manifest: Manifest, wanted: Readonly<Record<string, unknown>>): Answers {
  return answersBy(manifest, (question, answers) => {
    const { name } = question
    const [given] = Object.hasOwn(wanted, name) ? accepted(question, [wanted[name]], answers) : []
    return given ?? samplesOf(manifest, question, answers)[0]
  })
}

/** What is chosen for each question that a template asks, one after the other; undefined leaves it unanswered. */
export function answersBy(
  manifest: Manifest,
  choose: (question: Question, before: Answers) => AnswerValue | undefined,
): Answers {
  const answers: Record<string, AnswerValue> = {}
  const done = new Set<string>()
  for (
    let turn = nextTurn(manifest, NO_INPUTS, answers, done);
    turn;
    turn = nextTurn(manifest, NO_INPUTS, answers, done)
  ) {
    const { question } = turn
    done.add(question.name)
    const answer = choose(question, answers)
    if (answer !== undefined) answers[question.name] = answer
  }
  return answers
}
