import { namesInCondition } from "../../answers/condition.ts"
import { texts } from "../../answers/default-answer.ts"
import type { Manifest, Question } from "../../model/template.ts"
import { namesIn } from "../../render/engine.ts"
import type { SchemaProblem } from "../parse-manifest.ts"
import type { Names } from "./names.ts"

/** Answers that need each other in a circle, and those that need one which is only there later. */
export function checkOrder(manifest: Manifest, names: Names): SchemaProblem[] {
  const order = new Map([...names.questions.keys(), ...names.derived.keys()].map((name, index) => [name, index]))
  return [
    ...manifest.questions.flatMap((question, index) => checkQuestion(question, ["questions", index], names, order)),
    ...Object.entries(manifest.derived).flatMap(([name, text]) => checkDerived(name, text, names, order)),
  ]
}

type Order = ReadonlyMap<string, number>

function checkQuestion(question: Question, path: SchemaProblem["path"], names: Names, order: Order): SchemaProblem[] {
  const { name, choices_from: from, validate } = question
  const circle = circleFrom(name, names, order)
  if (circle !== undefined) return [{ path, ...circle }]
  // Whoever waits for an answer in a condition comes after it, wherever it stands.
  const waits = closure(conditionNames(question), names)
  const later = (needed: readonly string[]): string | undefined =>
    [...closure(needed, names)].find(
      (each) => names.questions.has(each) && isLater(each, name, names, order) && !waits.has(each),
    )
  const uses: readonly (readonly [what: string, key: readonly string[], needed: readonly string[]])[] = [
    [`the default of ${name}`, ["default"], defaultNames(question)],
    [`choices_from of ${name}`, ["choices_from"], from === undefined ? [] : [from]],
    [`differs_from of ${name}`, ["validate", "differs_from"], validate?.differs_from ?? []],
  ]
  return uses.flatMap(([what, key, needed]) => {
    const after = later(needed)
    if (after === undefined) return []
    return [
      {
        path: [...path, ...key],
        message: `${what} needs ${after}, which is asked later`,
        hint: `move ${after} above ${name}`,
      },
    ]
  })
}

function checkDerived(name: string, text: string, names: Names, order: Order): SchemaProblem[] {
  const path = ["derived", name]
  const circle = circleFrom(name, names, order)
  if (circle !== undefined) return [{ path, isKey: true, ...circle }]
  const after = namesIn(text).find((each) => names.derived.has(each) && isLater(each, name, names, order))
  if (after === undefined) return []
  return [{ path, message: `${name} needs ${after}, which is computed after it`, hint: `move ${after} above ${name}` }]
}

function isLater(other: string, name: string, { inherited }: Names, order: Order): boolean {
  if (inherited.has(other) || inherited.has(name)) return false
  return (order.get(other) ?? 0) > (order.get(name) ?? 0)
}

/** A circle is told once, of the one in it that comes first. */
function circleFrom(name: string, names: Names, order: Order): Pick<SchemaProblem, "message" | "hint"> | undefined {
  const way = wayBack(name, name, names, new Set())
  if (way === undefined || way.some((each) => order.get(each)! < order.get(name)!)) return undefined
  if (way.length === 0) return { message: `${name} needs its own answer`, hint: `write what does not need ${name}` }
  return { message: `${[name, ...way, name].join(" needs ")}: a circle`, hint: "let one of them do without" }
}

/** The names on the way from one that needs another to that other; undefined where there is none. */
function wayBack(from: string, to: string, names: Names, seen: Set<string>): readonly string[] | undefined {
  for (const next of needsOf(from, names)) {
    if (next === to) return []
    if (seen.has(next)) continue
    seen.add(next)
    const way = wayBack(next, to, names, seen)
    if (way !== undefined) return [next, ...way]
  }
  return undefined
}

function closure(start: readonly string[], names: Names, found = new Set<string>()): ReadonlySet<string> {
  for (const name of start) {
    if (found.has(name)) continue
    found.add(name)
    closure(needsOf(name, names), names, found)
  }
  return found
}

/** Names whose values a question or derived value cannot do without. */
function needsOf(name: string, { questions, derived }: Names): readonly string[] {
  const question = questions.get(name)
  if (question === undefined) return namesIn(derived.get(name) ?? "")
  const { choices_from: from } = question
  return [...conditionNames(question), ...defaultNames(question), ...(from === undefined ? [] : [from])]
}

function conditionNames({ when, choices = [] }: Question): readonly string[] {
  return [when, ...choices.map((choice) => choice.when)].flatMap(namesInCondition)
}

function defaultNames({ default: value }: Question): readonly string[] {
  return value === undefined ? [] : texts(value).flatMap(namesIn)
}
