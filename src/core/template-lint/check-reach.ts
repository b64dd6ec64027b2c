import { holds, namesInCondition } from "../answers/condition.ts"
import { declaredNames } from "../answers/derive.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Condition, Question } from "../model/template.ts"
import { globMatcher } from "../render/glob.ts"
import { originId } from "../render/render-tree.ts"
import { questionsBehind } from "../template-tests/answer-space.ts"
import { isOlder } from "../version.ts"
import { fileOf, type LintInput, ownLayers, placeIn, warning } from "./lint-input.ts"
import { pathOrNone, type TriedTemplate } from "./rendered-cases.ts"

const CLOSED = new Set(["select", "checkbox", "confirm"])

/** Conditions that never hold, files that are never rendered, rules that fit no file, renames that rename nothing. */
export function checkReach(input: LintInput, tried: TriedTemplate): readonly Diagnostic[] {
  const broken = tried.cases.some(({ problems }) => problems.length > 0)
  return [
    ...checkConditions(input, tried),
    // Where something does not render, nobody knows what is missing.
    ...(broken ? [] : [...checkFiles(input, tried), ...checkRules(input, tried), ...checkRenames(input, tried)]),
  ]
}

function checkConditions({ template, manifests }: LintInput, { space }: TriedTemplate): readonly Diagnostic[] {
  const { manifest } = template
  const questions = new Map(manifest.questions.map((question) => [question.name, question]))
  const known = declaredNames(manifest)
  return manifests.flatMap((parsed) => {
    const check = (
      when: Condition | undefined,
      path: readonly (string | number)[],
      what: string,
      asked?: string,
    ): Diagnostic[] => {
      if (when === undefined || !namesInCondition(when).every((name) => known.has(name))) return []
      // Only ways on which somebody is asked count for a choice.
      const possible = space.ways.some(({ values }) => (asked === undefined || asked in values) && holds(when, values))
      if (possible || !space.complete) return []
      const open = namesInCondition(when)
        .flatMap((name) => questionsBehind(manifest, name))
        .filter((name) => !CLOSED.has(questions.get(name)?.type ?? ""))
      const foreign = foreignValue(when, questions)
      const at = placeIn(parsed, [...path, "when"])
      if (open.length === 0 || foreign !== undefined)
        return [
          problem("never-holds", `${what}: its condition can never hold`, {
            ...at,
            hint: foreign ?? "change the condition, or remove it",
          }),
        ]
      const name = open[0]!
      return [
        warning("never-tried", `${what}: none of the answers tried makes its condition hold`, {
          ...at,
          hint: `give the question ${name} an example that does: examples: […]`,
        }),
      ]
    }
    const own = parsed.manifest
    return [
      ...own.questions.flatMap(({ name, when, choices = [] }, index) => [
        ...check(when, ["questions", index], `${name} is never asked`),
        ...choices.flatMap((choice, at) =>
          check(choice.when, ["questions", index, "choices", at], `${name} never offers ${choice.value}`, name),
        ),
      ]),
      ...own.include.flatMap(({ part, when }, index) => check(when, ["include", index], `${part} is never included`)),
      ...own.files.flatMap(({ path, when }, index) => check(when, ["files", index], `${path} is never rendered`)),
    ]
  })
}

/** What a condition asks of a question that offers no such choice. */
function foreignValue(when: Condition, questions: ReadonlyMap<string, Question>): string | undefined {
  for (const [key, expected] of Object.entries(when)) {
    if (key === "not") continue
    const parts = key === "all" || key === "any" ? (expected as readonly Condition[]) : []
    const inside = parts.map((part) => foreignValue(part, questions)).find((found) => found !== undefined)
    if (inside !== undefined) return inside
    const question = questions.get(key)
    if (question === undefined || !CLOSED.has(question.type)) continue
    const values: readonly unknown[] = Array.isArray(expected) ? expected : [expected]
    const choices: readonly unknown[] =
      question.type === "confirm" ? [true, false] : (question.choices ?? []).map(({ value }) => value)
    const wrong = values.find((value) => !choices.includes(value))
    if (wrong !== undefined) return `${key} is never ${JSON.stringify(wrong)}: it can be ${choices.join(", ")}`
  }
  return undefined
}

function checkFiles({ template }: LintInput, { cases, space }: TriedTemplate): readonly Diagnostic[] {
  const seen = new Set(
    cases.flatMap(({ tree }) => [...tree.values()].flatMap(({ origin, merged = [] }) => [origin, ...merged])),
  )
  if (!space.complete) return []
  const layers = ownLayers(template)
  return layers.flatMap((layer, index) =>
    [...layer.files.keys()].flatMap((origin) => {
      if (seen.has(originId(layer.part, origin))) return []
      const paths = cases.map(({ answers }) => pathOrNone(template, origin, answers))
      const replaced = layers
        .slice(index + 1)
        .some(({ files }) =>
          [...files.keys()].some((other) =>
            cases.some(
              ({ answers }, at) => paths[at] !== undefined && pathOrNone(template, other, answers) === paths[at],
            ),
          ),
        )
      // A layer on top may replace what is below it.
      if (replaced) return []
      const never = paths.every((path) => path === undefined)
      return [
        warning(
          "unreachable-file",
          `no answers render ${origin}${never ? ": its name always renders to nothing" : ""}`,
          {
            file: fileOf(template, layer, origin),
            hint: "look at the conditions of its part and of the file rules that fit it, or remove it",
          },
        ),
      ]
    }),
  )
}

function checkRules({ template, manifests }: LintInput, { cases }: TriedTemplate): readonly Diagnostic[] {
  const paths = new Set(
    template.layers.flatMap(({ files }) =>
      [...files.keys()].flatMap((origin) =>
        cases.flatMap(({ answers }) => pathOrNone(template, origin, answers) ?? []),
      ),
    ),
  )
  const fitsNone = (glob: string): boolean => {
    const matches = globMatcher(glob)
    return ![...paths].some((path) => matches(path))
  }
  return manifests.flatMap((parsed) =>
    (["files", "identity", "floor"] as const).flatMap((key) =>
      parsed.manifest[key].flatMap(({ path }, index) => {
        if (!fitsNone(path)) return []
        return [
          warning("rule-fits-none", `${key}: ${path} fits no file that the template renders`, {
            ...placeIn(parsed, [key, index, "path"]),
            hint: "paths are those in projects, after rendering and without .hbs",
          }),
        ]
      }),
    ),
  )
}

function checkRenames({ template, manifests }: LintInput, { cases }: TriedTemplate): readonly Diagnostic[] {
  const { version, questions } = template.manifest
  const paths = [...new Set(cases.flatMap(({ tree }) => [...tree.keys()]))]
  // What was renamed again has its place further on in the list.
  const goesOn = (path: string): boolean => template.manifest.renames.some(({ from }) => from === path)
  const isThere = (path: string): boolean =>
    paths.some((each) => (path.endsWith("/") ? each.startsWith(path) : each === path))
  const main = manifests[0]
  if (main === undefined) return []
  const late = (since: string): readonly Diagnostic[] =>
    isOlder(version, since)
      ? [
          problem("rename-later", `a rename since ${since}, and the template is ${version}`, {
            ...placeIn(main, ["renames"]),
            hint: "since is the first version that has the new name",
          }),
        ]
      : []
  const place = placeIn(main, ["renames"])
  const files = main.manifest.renames.flatMap(({ from, to, since }) => [
    ...late(since),
    ...(isThere(to) || goesOn(to)
      ? []
      : [
          warning("rename-to-none", `renames: nothing renders ${to}, which ${from} became`, {
            ...place,
            hint: "write the path that projects have, or rename to the file's newest path",
          }),
        ]),
    ...(isThere(from)
      ? [
          problem("rename-still-there", `renames: ${from} is still rendered`, {
            ...place,
            hint: `remove the rename, or the file`,
          }),
        ]
      : []),
  ])
  const names = questions.map(({ name }) => name)
  const answers = main.manifest.renamed_questions.flatMap(({ question, to, since }) => [
    ...late(since),
    ...(names.includes(to)
      ? []
      : [
          problem("rename-to-none", `renames: there is no question ${to}, which ${question} became`, {
            ...place,
            hint: `its questions: ${names.join(", ")}`,
          }),
        ]),
    ...(names.includes(question)
      ? [
          problem("rename-still-there", `renames: the question ${question} is still there`, {
            ...place,
            hint: "remove the rename, or the question",
          }),
        ]
      : []),
  ])
  return [...files, ...answers]
}
