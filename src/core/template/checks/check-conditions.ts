import { closest, didYouMean } from "../../answers/closest.ts"
import type { AnswerValue } from "../../model/answers.ts"
import type { Condition, Manifest } from "../../model/template.ts"
import type { SchemaProblem } from "../parse-manifest.ts"
import type { Names } from "./names.ts"

type Path = readonly (string | number)[]

/** Conditions of a manifest that name what nobody declares, or ask for a value that can never be there. */
export function checkConditions(manifest: Manifest, names: Names): SchemaProblem[] {
  return conditionsOf(manifest).flatMap(({ when, path }) => checkCondition(when, path, names))
}

function conditionsOf(manifest: Manifest): readonly { readonly when: Condition; readonly path: Path }[] {
  const lists = ["questions", "files", "include", "migrations"] as const
  const places = lists.flatMap((key) =>
    manifest[key].map(({ when }, index) => ({ when, path: [key, index, "when"] as Path })),
  )
  const choices = manifest.questions.flatMap((question, index) =>
    (question.choices ?? []).map(({ when }, at) => ({
      when,
      path: ["questions", index, "choices", at, "when"] as Path,
    })),
  )
  return [...places, ...choices].flatMap(({ when, path }) => (when === undefined ? [] : [{ when, path }]))
}

function checkCondition(when: Condition, path: Path, names: Names): SchemaProblem[] {
  return Object.entries(when).flatMap(([key, expected]) => {
    if (key === "all" || key === "any")
      return (expected as readonly Condition[]).flatMap((part, index) =>
        checkCondition(part, [...path, key, index], names),
      )
    if (key === "not") return checkCondition(expected as Condition, [...path, key], names)
    return checkName(key, expected as AnswerValue, [...path, key], names)
  })
}

function checkName(name: string, expected: AnswerValue, path: Path, names: Names): SchemaProblem[] {
  if (!names.all.has(name)) {
    const message = `the condition names ${name}, which is no question and no derived value`
    return [{ path, isKey: true, message, hint: didYouMean(name, [...names.all], knownNames(names)) }]
  }
  return (typeof expected === "object" ? expected : [expected]).flatMap((value) => {
    const impossible = whyNever(name, value, names)
    return impossible === undefined ? [] : [{ path, ...impossible }]
  })
}

function knownNames({ all }: Names): string {
  return all.size === 0 ? "the template asks nothing" : `known names: ${[...all].join(", ")}`
}

/** Why an answer is never this value: it is none of the choices, or of another type, which is never equal. */
function whyNever(
  name: string,
  value: string | number | boolean,
  names: Names,
): Omit<SchemaProblem, "path"> | undefined {
  const question = names.questions.get(name)
  const { type, choices = [], choices_from: from } = question ?? {}
  const said = JSON.stringify(value)
  if (type === "confirm") {
    if (typeof value === "boolean") return undefined
    const meant = /^(y|yes|on|true)$/i.test(String(value)) ? "true" : "false"
    return { message: `${name} is true or false, never ${said}`, hint: `write {${name}: ${meant}}` }
  }
  if (type === "number")
    return typeof value === "number"
      ? undefined
      : {
          message: `${name} is a number, never ${said}`,
          hint: `write {${name}: ${Number.isFinite(Number(value)) ? String(value) : "1"}}, without quotes`,
        }
  // What a generator is told by its surroundings stands among the derived values, and may be of any type.
  if (question === undefined && names.derived.get(name) === "") return undefined
  if (typeof value !== "string")
    return { message: `${name} is a text, never ${said}`, hint: `put it in quotes: {${name}: "${said}"}` }
  if ((type !== "select" && type !== "checkbox") || from !== undefined) return undefined
  const values = choices.map((choice) => choice.value)
  if (values.includes(value)) return undefined
  const near = closest(value, values)
  const hint = near === undefined ? `its choices: ${values.join(", ")}` : `did you mean ${near}?`
  return { message: `${value} is no choice of ${name}`, hint }
}
