import { defaultAnswer } from "../answers/default-answer.ts"
import { deriveValues } from "../answers/derive.ts"
import { fixedAnswer } from "../answers/fixed-answer.ts"
import { parseAnswer } from "../answers/parse-answer.ts"
import type { Answers, AnswerValue } from "../model/answers.ts"
import type { Manifest, Question } from "../model/template.ts"
import { textsMatching } from "./sample-text.ts"

// Longer than any pattern of names allows, and what an answer may have at most.
const LONGEST = 200
// What people write where no pattern says more.
const WORDS = [
  "sample",
  "Two words",
  "a",
  "acme",
  "someone@example.com",
  "https://example.com/acme",
  "1.0.0",
  "2026-01-31",
]

/**
 * Answers to try for a question (with the choices that are offered), all of which it accepts after the `earlier` ones: the default first, then examples, then
 * what fits its pattern, short and long. Empty where nothing is known that fits.
 */
export function samplesOf(manifest: Manifest, question: Question, earlier: Answers): readonly AnswerValue[] {
  const more = question.fixed === undefined ? made(question) : []
  return accepted(question, [...known(manifest, question, earlier), ...more], earlier)
}

/** Those of the values that the question accepts, as it understands them, each once. */
export function accepted(question: Question, values: readonly unknown[], earlier: Answers): readonly AnswerValue[] {
  const found = values.flatMap((value) => {
    const parsed = parseAnswer(question, value, earlier)
    return parsed.ok ? [parsed.value] : []
  })
  return [...new Map(found.map((value) => [JSON.stringify(value), value])).values()]
}

/** The default, examples, and what sets of answers in the manifest say; of what a template decided, that alone. */
export function known(manifest: Manifest, question: Question, earlier: Answers): readonly AnswerValue[] {
  const { examples = [], name, fixed } = question
  if (fixed !== undefined) {
    const value = fixedAnswer(question, deriveValues(manifest, earlier))
    return value === undefined ? [] : [value]
  }
  const told = manifest.test.answers.flatMap((answers) => (Object.hasOwn(answers, name) ? [answers[name]!] : []))
  const first = defaultAnswer(question, deriveValues(manifest, earlier))
  return [...(first === undefined ? [] : [first]), ...examples, ...told]
}

/** Made up, so not all of it fits. */
function made(question: Question): readonly AnswerValue[] {
  const { min, max, pattern } = question.validate ?? {}
  switch (question.type) {
    case "confirm":
      return [true, false]
    case "select":
      return (question.choices ?? []).map(({ value }) => value)
    case "checkbox": {
      const values = (question.choices ?? []).map(({ value }) => value)
      return [[], ...values.map((value) => [value]), values]
    }
    case "number":
      return [min ?? 0, max ?? (min ?? 0) + 1, 1, 42]
    case "list": {
      const texts = pattern === undefined ? ["one", "two words", "three"] : textsMatching(pattern, 12)
      return [1, 2, 3, min ?? 0].map((count) => [...texts, ...numbered(texts)].slice(0, count))
    }
    case "input":
    case "password": {
      const longest = Math.min(max ?? LONGEST, LONGEST)
      const [first, ...others] = WORDS
      const texts = pattern === undefined ? WORDS : [first!, ...textsMatching(pattern, longest), ...others]
      return pattern === undefined && max !== undefined ? [...texts, "x".repeat(longest)] : texts
    }
  }
}

/** More of the same kind, for lists that want many. */
function numbered(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => [`${text}1`, `${text}2`, `${text}3`])
}
