import { didYouMean } from "../../answers/closest.ts"
import { texts } from "../../answers/default-answer.ts"
import { parseAnswer } from "../../answers/parse-answer.ts"
import type { Manifest, Question, QuestionType } from "../../model/template.ts"
import { isHelperName } from "../../render/engine.ts"
import { patternProblem } from "../../pattern-problem.ts"
import type { SchemaProblem } from "../parse-manifest.ts"
import { type Names, questionHint } from "./names.ts"

type Path = readonly (string | number)[]

const TYPES: Readonly<Record<QuestionType, string>> = {
  input: "a text",
  select: "one of its choices",
  checkbox: "several of its choices",
  confirm: "true or false",
  number: "a number",
  password: "a text",
  list: "a list of texts",
}

// Words of conditions, and what every object of JavaScript has.
const RESERVED = new Set(["all", "any", "not", "constructor"])

/** What is wrong with the questions of a manifest, each by itself. */
export function checkQuestions(manifest: Manifest, names: Names, seen: Set<string>): SchemaProblem[] {
  const found: SchemaProblem[] = []
  for (const [index, question] of manifest.questions.entries()) {
    const { name } = question
    const path: Path = ["questions", index]
    if (seen.has(name))
      found.push({
        path: [...path, "name"],
        message: `the question ${name} is there twice`,
        hint: "rename one, or take it out",
      })
    seen.add(name)
    found.push(...checkName(name, path), ...checkChoices(question, path, names), ...checkRules(question, path, names))
    const broken = found.some((each) => each.path.length > 2 && each.path[1] === index)
    // Of a question that the extended template has, only some keys are here.
    if (!broken && !names.inherited.has(name)) found.push(...checkDefault(question, path))
  }
  for (const name of Object.keys(manifest.derived)) {
    const path = ["derived", name]
    if (names.questions.has(name))
      found.push({
        path,
        isKey: true,
        message: `${name} is a question already`,
        hint: "give the derived value another name",
      })
    found.push(...checkName(name, path))
  }
  const { named_by: namedBy } = manifest
  if (namedBy !== undefined && !names.questions.has(namedBy))
    found.push({ path: ["named_by"], message: `${namedBy} is no question`, hint: questionHint(namedBy, names) })
  return found
}

function checkName(name: string, path: Path): SchemaProblem[] {
  const isKey = path[0] === "derived"
  const at = isKey ? path : [...path, "name"]
  if (isHelperName(name))
    return [
      { path: at, isKey, message: `${name} cannot be a name: {{${name}}} is a helper`, hint: "choose another name" },
    ]
  if (!RESERVED.has(name)) return []
  return [
    {
      path: at,
      isKey,
      message: `${name} cannot be a name: conditions and scripts have a word of that name`,
      hint: "choose another name",
    },
  ]
}

function checkChoices(
  { name, type, choices, choices_from: from }: Question,
  path: Path,
  names: Names,
): SchemaProblem[] {
  const given = choices === undefined ? (from === undefined ? undefined : "choices_from") : "choices"
  if (given !== undefined && type !== undefined && type !== "select" && type !== "checkbox") {
    const wanted = type === "list" ? "checkbox" : "select"
    return [
      {
        path: [...path, given],
        isKey: true,
        message: `${name} is ${TYPES[type]}, and has no choices`,
        hint: `use type: ${wanted}, or take ${given} out`,
      },
    ]
  }
  const values = (choices ?? []).map(({ value }) => value)
  // With a condition, one value may be there under several labels.
  const twice = (choices ?? []).findIndex(
    ({ value, when }, index) => when === undefined && values.indexOf(value) !== index,
  )
  return [
    ...(twice < 0
      ? []
      : [
          {
            path: [...path, "choices", twice],
            message: `the choice ${values[twice]} of ${name} is there twice`,
            hint: "take one out",
          },
        ]),
    ...(from === undefined ? [] : checkSource(name, from, [...path, "choices_from"], names)),
  ]
}

function checkSource(name: string, from: string, path: Path, names: Names): SchemaProblem[] {
  const source = names.questions.get(from)
  if (source === undefined)
    return [{ path, message: `choices_from: ${from} is no question`, hint: questionHint(from, names) }]
  if (source.type === "list" || source.type === "checkbox") return []
  return [
    {
      path,
      message: `choices_from: the answer to ${from} is ${TYPES[source.type]}, no list`,
      hint: `give ${from} type: list or checkbox, or write the choices of ${name} out`,
    },
  ]
}

function checkRules({ name, type, validate = {} }: Question, path: Path, names: Names): SchemaProblem[] {
  const at = (key: string): Path => [...path, "validate", key]
  const { pattern, min, max, differs_from: others = [] } = validate
  const reason = pattern === undefined ? undefined : patternProblem(pattern)
  const ofTexts = ["input", "password", "list"]
  const idle = (["pattern", "not", "reserved"] as const).filter(
    (key) => validate[key] !== undefined && type !== undefined && !ofTexts.includes(type),
  )
  return [
    ...(reason === undefined
      ? []
      : [
          {
            path: at("pattern"),
            message: `${pattern} is no regular expression: ${reason}`,
            hint: "put \\ before a sign that means itself, and the whole in quotes",
          },
        ]),
    ...idle.map((key) => ({
      path: at(key),
      isKey: true,
      message: `${key} checks texts, and ${name} is ${TYPES[type]}`,
      hint: type === "number" ? "use min, max or schema" : "take it out, or use schema",
    })),
    ...(min !== undefined && max !== undefined && min > max
      ? [{ path: at("min"), message: `min ${min} is more than max ${max}: nothing fits`, hint: "swap them" }]
      : []),
    ...others.flatMap((other, index) =>
      names.questions.has(other)
        ? []
        : [
            {
              path: [...at("differs_from"), index],
              message: `differs_from: ${other} is no question`,
              hint: questionHint(other, names),
            },
          ],
    ),
  ]
}

/** A default that is rendered is only known with the answers. */
function checkDefault(question: Question, path: Path): SchemaProblem[] {
  const { name, type, default: value, choices = [] } = question
  if (type === undefined || value === undefined || texts(value).some((text) => text.includes("{{"))) return []
  const parsed = parseAnswer(question, value)
  if (parsed.ok) return []
  const otherwise = `give a default that ${name} takes: ${TYPES[type]}`
  const hint =
    typeof value === "string"
      ? didYouMean(
          value,
          choices.map((choice) => choice.value),
          otherwise,
        )
      : otherwise
  return [
    {
      path: [...path, "default"],
      message: `the default of ${name}, ${JSON.stringify(value)}, ${parsed.message}`,
      hint,
    },
  ]
}
