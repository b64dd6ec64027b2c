import { namesInCondition } from "../answers/condition.ts"
import { deriveValues, type Values } from "../answers/derive.ts"
import { NO_INPUTS, nextTurn } from "../answers/resolve-answers.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Condition, Manifest, Question } from "../model/template.ts"
import { namesIn } from "../render/engine.ts"
import { accepted, known, samplesOf } from "./sample-values.ts"

/** One way through the questions, as far as conditions tell ways apart. */
export interface Way {
  readonly answers: Answers
  /** Answers and derived values: what conditions see. */
  readonly values: Values
}

/** All that a template can be told, as far as conditions and choices go. */
export interface AnswerSpace {
  readonly ways: readonly Way[]
  /** Whether `ways` are all there are: with very many, only the first are looked at. */
  readonly complete: boolean
  /** Questions whose answers conditions look at, or that are not always asked. */
  readonly deciding: ReadonlySet<string>
  /** Questions that no answer is known for. */
  readonly unanswered: readonly string[]
}

const MOST_WAYS = 20_000

/** Walks all ways through the questions of a manifest. Deterministic. */
export function answerSpace(manifest: Manifest): AnswerSpace {
  const conditions = conditionsOf(manifest)
  const deciding = decidingQuestions(manifest, conditions)
  const wanted = wantedValues(conditions)
  const ways: Way[] = []
  const unanswered = new Set<string>()
  const samples = new Map<string, readonly AnswerValue[]>()
  walk({}, new Set())
  return { ways, complete: ways.length < MOST_WAYS, deciding, unanswered: [...unanswered] }

  function walk(answers: Answers, done: ReadonlySet<string>): void {
    if (ways.length >= MOST_WAYS) return
    const turn = nextTurn(manifest, NO_INPUTS, answers, done)
    if (!turn) {
      ways.push({ answers, values: deriveValues(manifest, answers) })
      return
    }
    const { question } = turn
    const next = new Set([...done, question.name])
    const values = levels(question, answers)
    if (values.length === 0) {
      unanswered.add(question.name)
      walk(answers, next)
    }
    for (const value of values) walk({ ...answers, [question.name]: value }, next)
  }

  function levels(question: Question, answers: Answers): readonly AnswerValue[] {
    if (!deciding.has(question.name)) return oneSample(question, answers)
    const all = levelsOf(manifest, question, wanted.get(question.name) ?? [], answers)
    return all.length > 0 ? all : samplesOf(manifest, question, answers).slice(0, 1)
  }

  /** What does not decide anything need not be worked out for each way. */
  function oneSample(question: Question, answers: Answers): readonly AnswerValue[] {
    const before = samples.get(question.name)
    if (before && accepted(question, before, answers).length > 0) return before
    const found = samplesOf(manifest, question, answers).slice(0, 1)
    samples.set(question.name, found)
    return found
  }
}

/**
 * The answers that make a difference: every choice, yes and no; of other questions the default, examples, and what
 * conditions ask for.
 */
export function levelsOf(
  manifest: Manifest,
  question: Question,
  wanted: readonly AnswerValue[],
  answers: Answers,
): readonly AnswerValue[] {
  const decided = question.fixed !== undefined
  if (decided || ["confirm", "select", "checkbox"].includes(question.type))
    return samplesOf(manifest, question, answers)
  const asked = wanted.flatMap((value) =>
    question.type === "list" && !Array.isArray(value) ? [[String(value)]] : [value],
  )
  const special = [...known(manifest, question, answers), ...asked]
  if (special.length === 0 && wanted.length === 0) return []
  // Something else than what conditions ask for has to be tried as well.
  const other = samplesOf(manifest, question, answers).find((value) => !special.some((each) => same(each, value)))
  return accepted(question, [...special, ...(wanted.length > 0 && other !== undefined ? [other] : [])], answers)
}

/** Every condition of a manifest. */
export function conditionsOf(manifest: Manifest): readonly Condition[] {
  return [
    ...manifest.questions.flatMap(({ when, choices = [] }) => [when, ...choices.map((choice) => choice.when)]),
    ...manifest.include.map(({ when }) => when),
    ...manifest.files.map(({ when }) => when),
    ...manifest.migrations.map(({ when }) => when),
    ...manifest.test.commands.map(({ when }) => when),
  ].filter((condition) => condition !== undefined)
}

/** The questions behind a name of a condition: itself, or those that a derived value is made from. */
export function questionsBehind(manifest: Manifest, name: string): readonly string[] {
  const source = Object.hasOwn(manifest.derived, name) ? manifest.derived[name] : undefined
  if (source === undefined) return [name]
  return namesIn(source).flatMap((each) => (each === name ? [] : questionsBehind(manifest, each)))
}

function decidingQuestions(manifest: Manifest, conditions: readonly Condition[]): ReadonlySet<string> {
  const named = conditions.flatMap(namesInCondition).flatMap((name) => questionsBehind(manifest, name))
  const conditional = manifest.questions.flatMap(({ name, when, choices = [], choices_from: from }) => {
    const depends = when !== undefined || from !== undefined || choices.some((choice) => choice.when !== undefined)
    return [...(depends ? [name] : []), ...(from === undefined ? [] : questionsBehind(manifest, from))]
  })
  return new Set([...named, ...conditional])
}

/** The values that conditions compare each question with. */
export function wantedValues(conditions: readonly Condition[]): ReadonlyMap<string, readonly AnswerValue[]> {
  const found = new Map<string, AnswerValue[]>()
  const visit = (condition: Condition): void => {
    for (const [key, expected] of Object.entries(condition)) {
      if (key === "all" || key === "any") for (const part of expected as readonly Condition[]) visit(part)
      else if (key === "not") visit(expected as Condition)
      else {
        const values = Array.isArray(expected) ? (expected as readonly string[]) : [expected as AnswerValue]
        found.set(key, [...(found.get(key) ?? []), ...values])
      }
    }
  }
  for (const condition of conditions) visit(condition)
  return found
}

function same(a: AnswerValue, b: AnswerValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
