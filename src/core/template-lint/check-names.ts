import { closest } from "../answers/closest.ts"
import { namesInCondition } from "../answers/condition.ts"
import { texts } from "../answers/default-answer.ts"
import { declaredNames } from "../answers/derive.ts"
import { type Diagnostic, problem } from "../model/diagnostic.ts"
import type { Condition } from "../model/template.ts"
import { checkText, namesIn, syntaxTree } from "../render/engine.ts"
import { mentionsIn } from "../render/mentions.ts"
import { fileOf, isOwn, type LintInput, placeIn, templateText, warning } from "./lint-input.ts"

/** A text of the template with names in it: where it stands, and which names it may use. */
interface NamedText {
  readonly text: string
  readonly file: string
  readonly position?: { readonly line: number; readonly column: number }
  readonly known: ReadonlySet<string>
  /** It is of a template that this one extends. */
  readonly foreign?: true
}

/** Unknown names and syntax errors in every text of a template, without rendering it; questions and derived values that nothing uses. */
export function checkNames(input: LintInput): readonly Diagnostic[] {
  const named = textsOf(input)
  const wrong = named.flatMap(({ text, file, position, known, foreign }) =>
    (foreign ? [] : checkText(text, file, known)).map((found) =>
      position === undefined ? found : { ...found, position },
    ),
  )
  const used = new Set(named.flatMap(({ text }) => mentionsIn(text).map(({ name }) => name)))
  // In a file that does not parse anything may be used.
  const broken = named.some(({ text }) => text.includes("{{") && syntaxTree(text) === undefined)
  return [...wrong, ...checkOrder(input), ...(broken ? [] : checkUse(input, used))]
}

function textsOf({ template, manifests }: LintInput): readonly NamedText[] {
  const known = declaredNames(template.manifest)
  const files = template.layers.flatMap((layer) =>
    [...layer.files].flatMap(([origin, { bytes, mode }]): NamedText[] => {
      const file = fileOf(template, layer, origin)
      const text = mode === "link" ? undefined : templateText(origin, bytes)
      const more = { file, known, ...(isOwn(layer) ? {} : { foreign: true as const }) }
      return [origin, ...(text === undefined ? [] : [text])].map((each) => ({ text: each, ...more }))
    }),
  )
  const inManifests = manifests.flatMap((parsed) => {
    const { manifest } = parsed
    const at = (path: readonly (string | number)[], text: unknown, more: readonly string[] = []): NamedText[] =>
      typeof text === "string"
        ? [{ text, ...placeIn(parsed, path), known: more.length === 0 ? known : new Set([...known, ...more]) }]
        : []
    return [
      ...manifest.questions.flatMap(({ default: value }, index) =>
        texts(value ?? []).flatMap((text) => at(["questions", index, "default"], text)),
      ),
      ...Object.entries(manifest.defaults).flatMap(([name, value]) => at(["defaults", name], value)),
      ...Object.entries(manifest.fixed).flatMap(([name, value]) => at(["fixed", name], value)),
      ...Object.entries(manifest.derived).flatMap(([name, value]) => at(["derived", name], value)),
      ...manifest.next_steps.flatMap((step, index) => at(["next_steps", index], step)),
      ...manifest.projects.flatMap((project, index) => {
        const item = project.for_each === undefined ? [] : ["item", "index", "first", "previous"]
        return [
          ...at(["projects", index, "path"], project.path, item),
          ...Object.entries(project.answers).flatMap(([name, value]) =>
            at(["projects", index, "answers", name], value, item),
          ),
        ]
      }),
    ]
  })
  return [...files, ...inManifests]
}

/** Defaults that use what is answered after them: nobody knows them in time. */
function checkOrder({ template, manifests }: LintInput): readonly Diagnostic[] {
  const order = template.manifest.questions.map(({ name }) => name)
  return manifests.flatMap((parsed) =>
    parsed.manifest.questions.flatMap(({ name, default: fallback }, index) => {
      const known = declaredNames(template.manifest)
      const parts = texts(fallback ?? []).filter((text) => checkText(text, "", known).length === 0)
      const late = parts
        .flatMap(namesIn)
        .find((each) => order.indexOf(each) >= order.indexOf(name) && order.includes(each))
      if (late === undefined) return []
      return [
        problem(
          "default-order",
          `the default of ${name} uses ${late === name ? "itself" : `${late}, which is asked later`}`,
          {
            ...placeIn(parsed, ["questions", index, "default"]),
            hint: late === name ? "write another default" : `move the question ${late} above ${name}`,
          },
        ),
      ]
    }),
  )
}

function checkUse({ template, manifests }: LintInput, mentioned: ReadonlySet<string>): readonly Diagnostic[] {
  const { manifest } = template
  const conditions: readonly (Condition | undefined)[] = [
    ...manifest.questions.flatMap(({ when, choices = [] }) => [when, ...choices.map((choice) => choice.when)]),
    ...manifest.include.map(({ when }) => when),
    ...template.layers.map(({ when }) => when),
    ...manifest.files.map(({ when }) => when),
    ...manifest.migrations.map(({ when }) => when),
  ]
  const used = new Set([
    ...mentioned,
    ...conditions.flatMap(namesInCondition),
    ...manifest.projects.flatMap(({ for_each: list }) => (list === undefined ? [] : [list])),
    ...manifest.questions.flatMap(({ choices_from: from }) => (from === undefined ? [] : [from])),
    ...(manifest.named_by === undefined ? [] : [manifest.named_by]),
  ])
  return manifests.flatMap((parsed) => [
    ...parsed.manifest.questions.flatMap(({ name }, index) => {
      if (used.has(name)) return []
      return [
        warning("unused-question", `${name} is asked, and nothing uses its answer`, {
          ...placeIn(parsed, ["questions", index]),
          hint: `use {{${name}}} in a file that ends in .hbs, or remove the question`,
        }),
      ]
    }),
    ...Object.keys(parsed.manifest.derived).flatMap((name) => {
      if (used.has(name)) return []
      const near = closest(name, [...mentioned])
      return [
        warning("unused-derived", `${name} is derived, and nothing uses it`, {
          ...placeIn(parsed, ["derived", name]),
          hint: near === undefined ? "use it, or remove it" : `use it, or remove it; is ${near} what was meant?`,
        }),
      ]
    }),
  ])
}
