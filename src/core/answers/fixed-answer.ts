import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Question } from "../model/template.ts"
import { namesIn, render } from "../render/engine.ts"
import { showValue } from "../show-value.ts"
import type { Values } from "./derive.ts"
import { isSecret } from "./is-secret.ts"
import { parseAnswer } from "./parse-answer.ts"

/** The answer that a template decided; undefined where it takes an answer that is itself missing. */
export function fixedAnswer({ name, fixed }: Question, values: Values): AnswerValue | undefined {
  if (typeof fixed?.value !== "string") return fixed?.value
  if (!namesIn(fixed.value).every((needed) => needed in values)) return undefined
  return render(fixed.value, values, `template.yml (fixed.${name})`)
}

/** Why nobody can answer this question: only told to who tries, with another value. */
export function refuseFixed(question: Question, given: unknown, place: Partial<Diagnostic> = {}): Diagnostic[] {
  const { name, fixed } = question
  if (fixed === undefined) return []
  const parsed = parseAnswer(question, given)
  if (parsed.ok && JSON.stringify(parsed.value) === JSON.stringify(fixed.value)) return []
  const hint = `leave ${name} out, or use another template than ${fixed.by}`
  return [
    problem("fixed-answer", `${name} is fixed by the template ${fixed.by}: ${showValue(fixed.value)}`, {
      hint,
      ...place,
    }),
  ]
}

/** The part of the answers that nobody can edit: what a template decided, secrets left out. */
export function fixedPart(answers: Answers, questions: readonly Question[]): Answers {
  const fixed = questions.filter((question) => question.fixed !== undefined && !isSecret(question))
  const names = new Set(fixed.map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.has(name)))
}

/** The answers that somebody else than the template gives: what it decided stays decided, whoever makes a project of it. */
export function openAnswers<T>(
  answers: Readonly<Record<string, T>>,
  questions: readonly Question[],
): Record<string, T> {
  const fixed = new Set(questions.filter((question) => question.fixed !== undefined).map(({ name }) => name))
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !fixed.has(name)))
}

/** What a project answered otherwise before the template decided it: told, since nobody is asked. */
export function newlyDecided(questions: readonly Question[], before: Answers, now: Answers): readonly Diagnostic[] {
  return questions.flatMap(({ name, fixed, ...question }) => {
    const [was, is] = [before[name], now[name]]
    const same = was === undefined || is === undefined || JSON.stringify(was) === JSON.stringify(is)
    if (fixed === undefined || same || isSecret({ name, ...question })) return []
    const message = `The template ${fixed.by} decides ${name}: ${showValue(is)} instead of ${showValue(was)}.`
    return [{ code: "answer-decided", severity: "info", message }]
  })
}
