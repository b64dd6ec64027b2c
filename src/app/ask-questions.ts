import {
  type AnswerInputs,
  invalidAnswer,
  isGiven,
  nextTurn,
  outdatedAnswer,
  resolveAnswers,
  unknownAnswers,
} from "../core/answers/resolve-answers.ts"
import { renamesOfGiven } from "../core/answers/rename-answers.ts"
import { renameInputs } from "../core/answers/rename-inputs.ts"
import { parseAnswer } from "../core/answers/parse-answer.ts"
import { type Diagnostic, MeshwrightError } from "../core/model/diagnostic.ts"
import { isSecret } from "../core/answers/is-secret.ts"
import type { Answers, AnswerSource, AnswerValue } from "../core/model/answers.ts"
import type { Manifest, Question } from "../core/model/template.ts"
import type { Prompter } from "./ports/prompter.ts"

export interface GivenAnswers {
  readonly answers: Answers
  /** Answers that nobody gave or confirmed: defaults and guesses of a run without questions. */
  readonly assumed: Readonly<Record<string, AnswerValue>>
  /** Answers that were given to questions which do not apply. */
  readonly unused: readonly string[]
  /** What was given under a name that its question had before. */
  readonly remarks: readonly Diagnostic[]
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
  given: AnswerInputs,
  prompter: Prompter | undefined,
  { askRecorded = true, guess }: AskOptions = {},
): Promise<GivenAnswers> {
  const { inputs, remarks } = renameInputs(manifest, given)
  if (!prompter) {
    const { answers, assumed, problems } = resolveAnswers(manifest, inputs)
    if (problems.length > 0) throw new MeshwrightError(problems, "usage")
    return { answers, assumed, unused: unusedAnswers(inputs, answers), remarks }
  }
  const answers: Record<string, AnswerValue> = {}
  const done = new Set<string>()
  const problems: Diagnostic[] = unknownAnswers(manifest, inputs)
  // What was given is checked before the first question, so that nobody answers ten of them in vain.
  for (const problem of givenProblems(manifest, inputs)) problems.push(problem)
  if (problems.length > 0) throw new MeshwrightError(problems, "usage")
  let current = inputs
  for (let turn = nextTurn(manifest, current, answers, done); turn; turn = nextTurn(manifest, current, answers, done)) {
    const { question, known, outdated } = turn
    done.add(question.name)
    const parsed = known ? parseAnswer(question, known.value, answers) : undefined
    if (known && parsed?.ok && isSettled(question, known.source, askRecorded)) {
      answers[question.name] = parsed.value
      continue
    }
    if (question.fixed !== undefined) {
      if (known && parsed?.ok === false) throw wrongFixed(question, known.value, parsed.message, current)
      continue
    }
    if (outdated) prompter.say(outdatedAnswer(question, outdated).message)
    if (known && parsed?.ok === false && known.source !== "default")
      prompter.say(invalidAnswer(question, known.value, known.source, parsed.message, current).message)
    answers[question.name] = await ask(prompter, question, parsed?.ok ? parsed.value : undefined, answers)
    if (guess) current = { ...inputs, guesses: await guess(answers) }
  }
  return { answers, assumed: {}, unused: unusedAnswers(inputs, answers), remarks }
}

/** Nobody is asked about what the template decided, also where it decided wrongly. */
function wrongFixed(question: Question, value: unknown, message: string, inputs: AnswerInputs): MeshwrightError {
  return new MeshwrightError([invalidAnswer(question, value, "fixed", message, inputs)], "usage")
}

/** Whether nobody is asked, because somebody has answered already. */
function isSettled(question: Question, source: AnswerSource, askRecorded: boolean): boolean {
  if (isGiven(source) || (!askRecorded && source === "recorded")) return true
  // A secret cannot be shown, to be confirmed.
  return source === "environment" && isSecret(question)
}

/** Asks until the answer fits; most prompts tell themselves what is wrong, while the answer can still be edited. */
async function ask(
  prompter: Prompter,
  question: Question,
  suggestion: unknown,
  earlier: Answers,
): Promise<AnswerValue> {
  for (;;) {
    const given = await prompter.ask(question, suggestion, (value) => {
      const checked = parseAnswer(question, value, earlier)
      return checked.ok ? true : checked.message
    })
    const parsed = parseAnswer(question, given, earlier)
    if (parsed.ok) return parsed.value
    prompter.say(`${question.name} ${parsed.message}`)
  }
}

function unusedAnswers({ flag, file }: AnswerInputs, answers: Answers): string[] {
  return [...new Set([...Object.keys(flag), ...Object.keys(file)])].filter((name) => !Object.hasOwn(answers, name))
}

function givenProblems(manifest: Manifest, inputs: AnswerInputs): Diagnostic[] {
  return manifest.questions.flatMap((question) => {
    const source = [inputs.flag, inputs.file].find((answers) => Object.hasOwn(answers, question.name))
    if (!source || question.fixed !== undefined) return []
    const value = source[question.name]
    const parsed = parseAnswer(question, value)
    return parsed.ok
      ? []
      : [invalidAnswer(question, value, source === inputs.file ? "file" : "flag", parsed.message, inputs)]
  })
}

/** Answers from the environment: MESHWRIGHT_ANSWER_<NAME OF THE QUESTION>, also a name that it had before. */
export function environmentAnswers(
  manifest: Manifest,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    [...manifest.questions.map(({ name }) => name), ...renamesOfGiven(manifest).keys()].flatMap((name) => {
      const value = environment[`MESHWRIGHT_ANSWER_${name.toUpperCase()}`]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}
