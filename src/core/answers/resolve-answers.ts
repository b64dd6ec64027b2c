import { isSecret } from "./is-secret.ts"
import { type Diagnostic, type Position, problem } from "../model/diagnostic.ts"
import type { Answers, AnswerSource, AnswerValue } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { holds } from "./condition.ts"
import { defaultAnswer } from "./default-answer.ts"
import { deriveValues, type Values } from "./derive.ts"
import { withOfferedChoices } from "./offered-choices.ts"
import { parseAnswer } from "./parse-answer.ts"
import { fixedAnswer, refuseFixed } from "./fixed-answer.ts"
import { didYouMean } from "./closest.ts"

type Raw = Readonly<Record<string, unknown>>

/** What is known before anybody is asked, by source. Values are as given: texts from flags and environment, values from files. */
export interface AnswerInputs {
  readonly flag: Raw
  readonly file: Raw
  readonly environment: Raw
  readonly recorded: Raw
  /** Where in which file an answer of `file` stands, by question. */
  readonly places?: AnswerPlaces
  /** What asks, where it is no template. */
  readonly askedBy?: "generator"
  /** What the surroundings tell, by the `guess` name of a question. */
  readonly guesses: Readonly<Record<string, AnswerValue>>
}

export type AnswerPlaces = Readonly<Record<string, { readonly file: string; readonly position: Position }>>

export const NO_INPUTS: AnswerInputs = { flag: {}, file: {}, environment: {}, recorded: {}, guesses: {} }

/** One question in its place: asked of a person, or answered by what is known. */
export interface Turn {
  /** With the choices that are offered. */
  readonly question: Question
  /** What is known, the strongest source first; undefined when nothing is. */
  readonly known?: KnownAnswer
  /** The recorded answer, where the question takes it no more and nothing stronger is known. */
  readonly outdated?: { readonly value: unknown; readonly message: string }
}

interface KnownAnswer {
  readonly value: unknown
  readonly source: AnswerSource
}

/** A given answer was decided by whoever started the run: it is not asked again. */
export function isGiven(source: AnswerSource): boolean {
  return source === "flag" || source === "file" || source === "fixed"
}

/** The next question that applies after `answers`, with what is known about it; undefined at the end. */
export function nextTurn(
  manifest: Manifest,
  inputs: AnswerInputs,
  answers: Answers,
  done: ReadonlySet<string>,
): Turn | undefined {
  const values = deriveValues(manifest, answers)
  for (const each of manifest.questions) {
    const question = !done.has(each.name) && holds(each.when, values) ? withOfferedChoices(each, values) : undefined
    if (question) return turnOf(question, inputs, values, answers)
  }
  return undefined
}

function turnOf(question: Question, inputs: AnswerInputs, values: Values, answers: Answers): Turn {
  const { name } = question
  if (question.fixed !== undefined) {
    const value = fixedAnswer(question, values)
    return { question, ...(value === undefined ? {} : { known: { value, source: "fixed" } }) }
  }
  for (const source of ["flag", "file", "environment"] as const) {
    if (Object.hasOwn(inputs[source], name)) return { question, known: { value: inputs[source][name], source } }
  }
  const suggested = suggestion(question, inputs, values)
  const known = suggested === undefined ? {} : { known: suggested }
  if (!Object.hasOwn(inputs.recorded, name)) return { question, ...known }
  const value = inputs.recorded[name]
  const parsed = parseAnswer(question, value, answers)
  if (parsed.ok) return { question, known: { value, source: "recorded" } }
  return { question, ...known, outdated: { value, message: parsed.message } }
}

/** What is taken, or suggested, where nobody has answered: a guess that fits, else the default. */
function suggestion(question: Question, { guesses }: AnswerInputs, values: Values): KnownAnswer | undefined {
  const { guess: wanted } = question
  const guess = wanted !== undefined && Object.hasOwn(guesses, wanted) ? guesses[wanted] : undefined
  if (guess !== undefined && parseAnswer(question, guess).ok) return { value: guess, source: "guess" }
  const value = defaultAnswer(question, values)
  return value === undefined ? undefined : { value, source: "default" }
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
    const { question, known, outdated } = turn
    done.add(question.name)
    if (outdated) {
      problems.push(outdatedAnswer(question, outdated))
      continue
    }
    if (!known) {
      // Where a default exists, only an earlier problem can have kept it from being known.
      if (question.default === undefined && question.fixed === undefined) problems.push(missingAnswer(question))
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

/** Names in flags and the answers file that are no question of the template, or one that nobody may answer. */
export function unknownAnswers(manifest: Manifest, inputs: AnswerInputs): Diagnostic[] {
  const names = manifest.questions.map((question) => question.name)
  const given = { ...inputs.file, ...inputs.flag }
  const fixed = manifest.questions.flatMap((question) =>
    Object.hasOwn(given, question.name)
      ? refuseFixed(question, given[question.name], placeOf(inputs, question.name))
      : [],
  )
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const hint = didYouMean(name, names, `its questions: ${names.join(", ")}`)
      return problem(
        "unknown-answer",
        `the ${inputs.askedBy ?? "template"} ${manifest.name} has no question ${JSON.stringify(name)}`,
        {
          hint,
          ...placeOf(inputs, name),
        },
      )
    })
  return [...unknown, ...fixed]
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

/** An answer on record that its question, as the template has it now, does not take. */
export function outdatedAnswer(question: Question, { value, message }: NonNullable<Turn["outdated"]>): Diagnostic {
  return problem("outdated-answer", `${question.name}: ${shown(question, value)}, as answered before, ${message}`, {
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
  const from =
    source === "fixed"
      ? `, fixed by the template ${question.fixed?.by},`
      : source === "environment"
        ? ` (from MESHWRIGHT_ANSWER_${question.name.toUpperCase()})`
        : ""
  return problem("invalid-answer", `${question.name}: ${shown(question, value)}${from} ${message}`, {
    hint: source === "fixed" ? "that is the template's to mend" : `--set ${question.name}=…`,
    ...(source === "file" ? placeOf(inputs, question.name) : {}),
  })
}

function shown(question: Question, value: unknown): string {
  return isSecret(question) ? "the value" : shorten(JSON.stringify(value) ?? String(value))
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}
