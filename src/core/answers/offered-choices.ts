import type { AnswerValue } from "../model/answers.ts"
import type { Choice, Question } from "../model/template.ts"
import { holds } from "./condition.ts"
import type { Values } from "./derive.ts"
import { splitList } from "./split-list.ts"

/**
 * A question with the choices that earlier answers leave: those whose condition holds, and the items of the list that
 * `choices_from` names. undefined where it is one to choose from, and nothing is left: it is not asked then.
 */
export function withOfferedChoices(question: Question, values: Values): Question | undefined {
  const { choices, choices_from: from, ...rest } = question
  if (choices === undefined && from === undefined) return question
  const listed = from === undefined ? [] : values[from]
  const items = (Array.isArray(listed) ? (listed as readonly string[]) : []).map((value): Choice => ({
    value,
    label: value,
  }))
  const offered = [...items, ...(choices ?? []).filter(({ when }) => holds(when, values))]
  // The first of two with one value counts: it says what the earlier answer offers.
  const unique = offered.filter(({ value }, index) => offered.findIndex((each) => each.value === value) === index)
  return unique.length === 0 ? undefined : { ...rest, choices: unique }
}

/** A default as far as it is offered: where it is not, the first choice that is, and of several those that are. */
export function offeredDefault({ type, choices = [] }: Question, value: AnswerValue): AnswerValue {
  const values = choices.map((choice) => choice.value)
  if (type === "select") return values.includes(String(value)) ? String(value) : (values[0] ?? value)
  if (type === "checkbox") return splitList(value).filter((item) => values.includes(item))
  return value
}
