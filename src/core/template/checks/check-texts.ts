import { texts } from "../../answers/default-answer.ts"
import type { Manifest } from "../../model/template.ts"
import { checkText } from "../../render/engine.ts"
import type { SchemaProblem } from "../parse-manifest.ts"
import type { Names } from "./names.ts"

type Path = readonly (string | number)[]

const SYNTAX_HINT =
  "close every {{ with }}, and every {{#…}} with {{/…}}; braces that are meant as they are begin with \\{{"

/** Texts with Handlebars that do not parse, or use names that nobody knows. */
export function checkTexts(manifest: Manifest, names: Names): SchemaProblem[] {
  const { questions, derived, projects, next_steps: steps } = manifest
  return [
    ...questions.flatMap(({ name, default: value }, index) =>
      (value === undefined ? [] : texts(value)).flatMap((text) =>
        told(text, ["questions", index, "default"], `the default of ${name}`, names.all),
      ),
    ),
    ...(["defaults", "fixed"] as const).flatMap((key) =>
      Object.entries(manifest[key]).flatMap(([name, value]) =>
        texts(value).flatMap((text) => told(text, [key, name], `${key}.${name}`, names.all)),
      ),
    ),
    ...Object.entries(derived).flatMap(([name, text]) => told(text, ["derived", name], `derived.${name}`, names.all)),
    ...steps.flatMap((text, index) => told(text, ["next_steps", index], "next_steps", names.all)),
    ...projects.flatMap((project, index) => {
      const item = project.for_each === undefined ? [] : ["item", "index", "first", "previous"]
      const known = new Set([...names.all, ...item])
      const answers = Object.entries(project.answers).flatMap(([name, value]) =>
        typeof value === "string" ? told(value, ["projects", index, "answers", name], `answers.${name}`, known) : [],
      )
      return [...told(project.path, ["projects", index, "path"], "path", known), ...answers]
    }),
  ]
}

function told(text: string, path: Path, what: string, known: ReadonlySet<string>): SchemaProblem[] {
  return checkText(text, "", known).map(({ code, message, hint = "" }) => ({
    path,
    message: `${what}: ${message}`,
    hint: code === "template-syntax" ? SYNTAX_HINT : hint,
  }))
}
