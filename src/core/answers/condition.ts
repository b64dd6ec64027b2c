import type { AnswerValue } from "../model/answers.ts"
import type { Condition } from "../model/template.ts"

/**
 * Whether a condition holds. `values` are answers and derived values; a name without a value (a question that was not
 * asked) equals nothing. A list in the condition means any of them; a list answer matches when it holds the value.
 */
export function holds(condition: Condition | undefined, values: Readonly<Record<string, unknown>>): boolean {
  if (condition === undefined) return true
  return Object.entries(condition).every(([key, expected]) => {
    if (key === "all") return (expected as readonly Condition[]).every((part) => holds(part, values))
    if (key === "any") return (expected as readonly Condition[]).some((part) => holds(part, values))
    if (key === "not") return !holds(expected as Condition, values)
    return matches(values[key], expected as AnswerValue)
  })
}

/** The questions and derived values that a condition speaks of. */
export function namesInCondition(condition: Condition | undefined): string[] {
  return Object.entries(condition ?? {}).flatMap(([key, expected]) => {
    if (key === "all" || key === "any") return (expected as readonly Condition[]).flatMap(namesInCondition)
    if (key === "not") return namesInCondition(expected as Condition)
    return [key]
  })
}

function matches(actual: unknown, expected: AnswerValue): boolean {
  const wanted: readonly unknown[] = Array.isArray(expected) ? expected : [expected]
  return Array.isArray(actual) ? wanted.some((value) => actual.includes(value)) : wanted.includes(actual)
}
