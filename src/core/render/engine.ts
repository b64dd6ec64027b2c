import Handlebars from "handlebars"
import { MeshwrightError, problem } from "../model/diagnostic.ts"
import { helpers } from "./helpers.ts"
import { unknownNames } from "./names.ts"

export type Scope = Readonly<Record<string, unknown>>

// An instance of our own: nothing that a library registers globally reaches a template.
const handlebars = Handlebars.create()
for (const [name, helper] of Object.entries(helpers))
  handlebars.registerHelper(name, helper as Handlebars.HelperDelegate)
// {{{{raw}}}} … {{{{/raw}}}}: the text as it is, for Jinja that holds no answer.
handlebars.registerHelper("raw", function (this: unknown, options: Handlebars.HelperOptions) {
  return options.fn(this)
})

const KNOWN_HELPERS = new Set([...Object.keys(helpers), "raw", "each", "if", "unless", "with", "lookup"])
const templates = new Map<string, ParsedTemplate>()

/** A text as read, compiled when it is first rendered. */
interface ParsedTemplate {
  readonly program: hbs.AST.Program
  run?: (scope: Scope) => string
}

/**
 * Renders `source` with the values of `scope`. Throws a MeshwrightError with file, line and column for a syntax error or
 * an unknown name.
 * @param known every name that may occur, also where no value is needed this time (a question that was not asked)
 */
export function render(source: string, scope: Scope, file: string, known?: ReadonlySet<string>): string {
  if (!source.includes("{{")) return source
  try {
    const names = known ?? new Set(Object.keys(scope))
    const template = parse(source)
    const unknown = unknownNames(template.program, names, KNOWN_HELPERS)
    if (unknown.length > 0) {
      throw new MeshwrightError(
        unknown.map(({ name, line, column }) =>
          problem("template-unknown-name", `unknown name {{${name}}}`, {
            file,
            position: { line, column },
            hint: `known names: ${[...names].toSorted().join(", ")}`,
          }),
        ),
      )
    }
    template.run ??= handlebars.compile<Scope>(template.program, { noEscape: true, strict: true })
    return template.run(scope)
  } catch (error) {
    if (error instanceof MeshwrightError) throw error
    throw new MeshwrightError([templateProblem(error, file)], "failed", { cause: error })
  }
}

/** Names that a text refers to, for finding out what a default or a derived value needs. */
export function namesIn(source: string): readonly string[] {
  if (!source.includes("{{")) return []
  return unknownNames(parse(source).program, new Set(), KNOWN_HELPERS).map((found) => found.name)
}

function parse(source: string): ParsedTemplate {
  const known = templates.get(source)
  if (known) return known
  const template: ParsedTemplate = { program: Handlebars.parse(source) }
  templates.set(source, template)
  return template
}

function templateProblem(error: unknown, file: string) {
  const message = error instanceof Error ? error.message : String(error)
  const line = /(?:line|at line|- ) ?(\d+)(?::(\d+))?/.exec(message)
  const text = message.split("\n").filter((part) => part.trim() !== "")
  return problem("template-syntax", `cannot be rendered: ${text.at(-1) ?? message}`, {
    file,
    ...(line ? { position: { line: Number(line[1]), column: Number(line[2] ?? 0) + 1 } } : {}),
    hint: "Jinja and ${{ }} belong into files without .hbs, or behind a backslash: \\{{ ref('x') }}",
  })
}
