import { texts } from "../answers/default-answer.ts"
import { namesInCondition } from "../answers/condition.ts"
import type { Choice, Manifest, Question, Validation } from "../model/template.ts"
import { namesIn } from "../render/engine.ts"
import { inOrderOfNeed } from "./order-of-need.ts"

/**
 * The questions of a template and of the one that it extends: the inherited ones first, with what the template changes of
 * them, then its own; one that an inherited question now needs goes in front of it.
 */
export function extendQuestions(below: Manifest, above: Manifest): readonly Question[] {
  const names = new Set(below.questions.map(({ name }) => name))
  const inherited = below.questions.map((question) => {
    const own = above.questions.find(({ name }) => name === question.name)
    return decided(own === undefined ? question : changed(question, own), above)
  })
  const added = above.questions.filter(({ name }) => !names.has(name))
  const derived: Readonly<Record<string, string>> = { ...below.derived, ...above.derived }
  return inOrderOfNeed(
    [...inherited, ...added],
    ({ name }) => name,
    (question) => needsOf(question).flatMap((name) => [name, ...behind(name, derived)]),
  )
}

/** Only the keys that the template gives are other ones than before. */
function changed(question: Question, own: Partial<Question>): Question {
  return {
    ...question,
    ...own,
    ...(own.default === undefined ? {} : withDefault(question, own.default)),
    ...(own.choices === undefined ? {} : { choices: own.choices.map((choice) => known(choice, question)) }),
    ...(own.validate === undefined ? {} : { validate: narrowed(question.validate, own.validate) }),
  }
}

function decided(question: Question, { name: by, defaults, fixed }: Manifest): Question {
  const { name } = question
  const value = Object.hasOwn(fixed, name) ? { fixed: { value: fixed[name]!, by } } : {}
  return { ...(Object.hasOwn(defaults, name) ? withDefault(question, defaults[name]!) : question), ...value }
}

/** What a company says counts more than what the surroundings tell. */
function withDefault({ guess: _, ...question }: Question, value: Question["default"] & {}): Question {
  return { ...question, default: value }
}

/** A choice that is only named is the inherited one, with its label and condition. */
function known(choice: Choice, { choices }: Question): Choice {
  const inherited = choices?.find(({ value }) => value === choice.value)
  return inherited !== undefined && choice.label === choice.value
    ? { ...inherited, ...choice, label: inherited.label }
    : choice
}

/** A message belongs to its pattern. */
function narrowed({ message, ...inherited }: Validation = {}, own: Validation): Validation {
  return { ...inherited, ...(message === undefined || own.pattern !== undefined ? {} : { message }), ...own }
}

function needsOf({
  default: value,
  when,
  choices = [],
  choices_from: list,
  validate,
  fixed,
}: Question): readonly string[] {
  return [
    ...[...texts(value ?? []), ...texts(fixed?.value ?? [])].flatMap(namesIn),
    ...(list === undefined ? [] : [list]),
    ...namesInCondition(when),
    ...choices.flatMap((choice) => namesInCondition(choice.when)),
    ...(validate?.differs_from ?? []),
  ]
}

/** What a derived value is computed from. */
function behind(
  name: string,
  derived: Readonly<Record<string, string>>,
  seen: readonly string[] = [],
): readonly string[] {
  const text = derived[name]
  if (text === undefined || seen.includes(name)) return []
  return namesIn(text).flatMap((each) => [each, ...behind(each, derived, [...seen, name])])
}
