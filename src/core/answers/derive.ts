import type { Answers } from "../model/answers.ts"
import type { Manifest } from "../model/template.ts"
import { namesIn, render } from "../render/engine.ts"

/** Answers and derived values by name: what templates and conditions see. */
export type Values = Readonly<Record<string, unknown>>

/**
 * Answers plus every derived value that they are enough for. A derived value may use answers and the derived values
 * before it; one that uses a question which was not asked has no value.
 */
export function deriveValues(manifest: Manifest, answers: Answers): Values {
  // Without a prototype, so that a question named like a property of every object is just a name.
  const values: Record<string, unknown> = Object.assign(Object.create(null) as object, answers)
  // Handlebars puts it into the message for a name without a value.
  Object.defineProperty(values, "toString", { value: () => "the answers", enumerable: false })
  for (const [name, source] of Object.entries(manifest.derived)) {
    if (namesIn(source).every((needed) => needed in values))
      values[name] = render(source, values, `template.yml (derived.${name})`)
  }
  return values
}

/** Every name that a template may use: its questions and derived values. */
export function declaredNames(manifest: Manifest): ReadonlySet<string> {
  return new Set([...manifest.questions.map((question) => question.name), ...Object.keys(manifest.derived)])
}
