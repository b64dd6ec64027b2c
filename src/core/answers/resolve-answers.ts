import { isSecret } from "./is-secret.ts"
import { type Diagnostic, type Position, problem } from "../model/diagnostic.ts"
import type { Answers, AnswerSource, AnswerValue } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { namesIn, render } from "../render/engine.ts"
import { holds } from "./condition.ts"
import { deriveValues } from "./derive.ts"
import { parseAnswer } from "./parse-answer.ts"
import { closest } from "./closest.ts"

type Raw = Readonly<Record<string, unknown>>

/** What is known before anybody is asked, by source. Values are as given: texts from flags and environment, values from files. */
export interface AnswerInputs {
  readonly flag: Raw
  readonly file: Raw
  readonly environment: Raw
  readonly recorded: Raw
  /** Where in which file an answer of `file` stands, by question. */
  readonly places?: AnswerPlaces
  /** What the surroundings tell, by the `guess` name of a question. */
  readonly guesses: Readonly<Record<string, AnswerValue>>
}

export type AnswerPlaces = Readonly<Record<string, { readonly file: string; readonly position: Position }>>

export const NO_INPUTS: AnswerInputs = { flag: {}, file: {}, environment: {}, recorded: {}, guesses: {} }

/** One question in its place: asked of a person, or answered by what is known. */
export interface Turn {
  readonly question: Question
  /** What is known, the strongest source first; undefined when nothing is. */
  readonly known?: { readonly value: unknown; readonly source: AnswerSource }
  readonly answers: Answers
}

/** A given answer was decided by whoever started the run: it is not asked again. */
export function isGiven(source: AnswerSource): boolean {
  return source === "flag" || source === "file"
}

/**
 * The next question that applies after `answers`, with what is known about it; undefined at the end. A recorded answer
 * that no longer fits its question (a choice that the template dropped) is passed over.
 */
export function nextTurn(
  manifest: Manifest,
  inputs: AnswerInputs,
  answers: Answers,
  done: ReadonlySet<string>,
): Turn | undefined {
  const values = deriveValues(manifest, answers)
  const question = manifest.questions.find(({ name, when }) => !done.has(name) && holds(when, values))
  if (!question) return undefined
  const known = knownAnswer(question, inputs, values)
  return { question, answers, ...(known ? { known } : {}) }
}

function knownAnswer(
  question: Question,
  inputs: AnswerInputs,
  values: Readonly<Record<string, unknown>>,
): Turn["known"] {
  const { name } = question
  if (Object.hasOwn(inputs.flag, name)) return { value: inputs.flag[name], source: "flag" }
  if (Object.hasOwn(inputs.file, name)) return { value: inputs.file[name], source: "file" }
  if (Object.hasOwn(inputs.environment, name)) return { value: inputs.environment[name], source: "environment" }
  if (Object.hasOwn(inputs.recorded, name) && parseAnswer(question, inputs.recorded[name]).ok) {
    return { value: inputs.recorded[name], source: "recorded" }
  }
  const guess = question.guess === undefined ? undefined : inputs.guesses[question.guess]
  if (guess !== undefined && parseAnswer(question, guess).ok) return { value: guess, source: "guess" }
  if (question.default === undefined) return undefined
  if (typeof question.default !== "string") return { value: question.default, source: "default" }
  // A default over an answer that is itself missing is not known either.
  if (!namesIn(question.default).every((needed) => needed in values)) return undefined
  return { value: render(question.default, values, `template.yml (default of ${name})`), source: "default" }
}

export interface ResolvedAnswers {
  readonly answers: Answers
  /** Questions that nobody was asked although they were not in the record: told by update, so that none is answered in silence. */
  readonly assumed: Readonly<Record<string, AnswerValue>>
}

/** Answers everything from what is known. Throws nothing: what is missing or invalid comes back, all of it at once. */
export function resolveAnswers(
  manifest: Manifest,
  inputs: AnswerInputs,
): ResolvedAnswers & { readonly problems: readonly Diagnostic[] } {
  const answers: Record<string, AnswerValue> = {}
  const assumed: Record<string, AnswerValue> = {}
  const problems = [...unknownAnswers(manifest, inputs)]
  const done = new Set<string>()
  for (let turn = nextTurn(manifest, inputs, answers, done); turn; turn = nextTurn(manifest, inputs, answers, done)) {
    const { question, known } = turn
    done.add(question.name)
    if (!known) {
      // Where a default exists, only an earlier problem can have kept it from being known.
      if (question.default === undefined) problems.push(missingAnswer(question))
      continue
    }
    const parsed = parseAnswer(question, known.value, answers)
    if (!parsed.ok) problems.push(invalidAnswer(question, known.value, known.source, parsed.message, inputs))
    else {
      answers[question.name] = parsed.value
      if (known.source === "default" || known.source === "guess") assumed[question.name] = parsed.value
    }
  }
  return { answers, assumed, problems }
}

/** Names in flags and the answers file that are no question of the template. */
export function unknownAnswers(manifest: Manifest, inputs: AnswerInputs): Diagnostic[] {
  const names = manifest.questions.map((question) => question.name)
  return [...new Set([...Object.keys(inputs.flag), ...Object.keys(inputs.file)])]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = closest(name, names)
      const hint = near === undefined ? `its questions: ${names.join(", ")}` : `did you mean ${near}?`
      return problem("unknown-answer", `the template ${manifest.name} has no question ${JSON.stringify(name)}`, {
        hint,
        ...placeOf(inputs, name),
      })
    })
}

/** Where an answer was given, when that was in a file and no flag says otherwise. */
function placeOf({ flag, places }: AnswerInputs, name: string): Partial<Diagnostic> {
  return Object.hasOwn(flag, name) ? {} : (places?.[name] ?? {})
}

function missingAnswer(question: Question): Diagnostic {
  return problem("missing-answer", `${question.name} is not answered: ${question.message}`, {
    hint: `--set ${question.name}=…`,
  })
}

/** An answer that does not fit its question, with its place, or the flag that gives another. */
export function invalidAnswer(
  question: Question,
  value: unknown,
  source: AnswerSource,
  message: string,
  inputs: AnswerInputs,
): Diagnostic {
  const shown = isSecret(question) ? "the value" : shorten(JSON.stringify(value) ?? String(value))
  const from = source === "environment" ? ` (from MESHWRIGHT_ANSWER_${question.name.toUpperCase()})` : ""
  return problem("invalid-answer", `${question.name}: ${shown}${from} ${message}`, {
    hint: `--set ${question.name}=…`,
    ...(source === "file" ? placeOf(inputs, question.name) : {}),
  })
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
