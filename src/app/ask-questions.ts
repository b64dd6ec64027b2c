import {
  type AnswerInputs,
  invalidAnswer,
  isGiven,
  nextTurn,
  resolveAnswers,
  unknownAnswers,
} from "../core/answers/resolve-answers.ts"
import { parseAnswer } from "../core/answers/parse-answer.ts"
import { type Diagnostic, MeshwrightError } from "../core/model/diagnostic.ts"
import type { Answers, AnswerValue } from "../core/model/answers.ts"
import type { Manifest } from "../core/model/template.ts"
import type { Prompter } from "./ports/prompter.ts"

export interface GivenAnswers {
  readonly answers: Answers
  /** Answers that nobody gave or confirmed: defaults and guesses of a run without questions. */
  readonly assumed: Readonly<Record<string, AnswerValue>>
  /** Answers that were given to questions which do not apply. */
  readonly unused: readonly string[]
}

export interface AskOptions {
  readonly askRecorded?: boolean
  readonly guess?: (answers: Answers) => Promise<AnswerInputs["guesses"]>
}

/**
 * Answers to all questions that apply: given ones as they are, the others asked where somebody can be asked, else
 * defaults. Throws a MeshwrightError of kind `usage` with everything that is missing or invalid.
 * @param options.askRecorded ask what is on record again (`new`), or only what is not (`update`)
 * @param options.guess what the surroundings tell once these answers were given; absent: what `inputs` says
 */
export async function askQuestions(
  manifest: Manifest,
  inputs: AnswerInputs,
  prompter: Prompter | undefined,
  { askRecorded = true, guess }: AskOptions = {},
): Promise<GivenAnswers> {
  if (!prompter) {
    const { answers, assumed, problems } = resolveAnswers(manifest, inputs)
    if (problems.length > 0) throw new MeshwrightError(problems, "usage")
    return { answers, assumed, unused: unusedAnswers(inputs, answers) }
  }
  const answers: Record<string, AnswerValue> = {}
  const done = new Set<string>()
  const problems: Diagnostic[] = unknownAnswers(manifest, inputs)
  // What was given is checked before the first question, so that nobody answers ten of them in vain.
  for (const problem of givenProblems(manifest, inputs)) problems.push(problem)
  if (problems.length > 0) throw new MeshwrightError(problems, "usage")
  let current = inputs
  for (let turn = nextTurn(manifest, current, answers, done); turn; turn = nextTurn(manifest, current, answers, done)) {
    const { question, known } = turn
    done.add(question.name)
    const settled = known && (isGiven(known.source) || (!askRecorded && known.source === "recorded"))
    const parsed = settled ? parseAnswer(question, known.value, answers) : undefined
    if (parsed?.ok) {
      answers[question.name] = parsed.value
      continue
    }
    answers[question.name] = await prompter.ask(question, known?.value, (value) => {
      const checked = parseAnswer(question, value, answers)
      return checked.ok ? true : checked.message
    })
    if (guess) current = { ...inputs, guesses: await guess(answers) }
  }
  return { answers, assumed: {}, unused: unusedAnswers(inputs, answers) }
}

function unusedAnswers({ flag, file }: AnswerInputs, answers: Answers): string[] {
  return [...new Set([...Object.keys(flag), ...Object.keys(file)])].filter((name) => !Object.hasOwn(answers, name))
}

function givenProblems(manifest: Manifest, inputs: AnswerInputs): Diagnostic[] {
  return manifest.questions.flatMap((question) => {
    const source = [inputs.flag, inputs.file].find((answers) => Object.hasOwn(answers, question.name))
    if (!source) return []
    const value = source[question.name]
    const parsed = parseAnswer(question, value)
    return parsed.ok
      ? []
      : [invalidAnswer(question, value, source === inputs.file ? "file" : "flag", parsed.message, inputs)]
  })
}

/** Answers from the environment: MESHWRIGHT_ANSWER_<NAME OF THE QUESTION>. */
export function environmentAnswers(
  manifest: Manifest,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    manifest.questions.flatMap(({ name }) => {
      const value = environment[`MESHWRIGHT_ANSWER_${name.toUpperCase()}`]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
