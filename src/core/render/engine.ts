import Handlebars from "handlebars"
import { closest } from "../answers/closest.ts"
import { type Diagnostic, MeshwrightError, type Position, problem } from "../model/diagnostic.ts"
import { helpers } from "./helpers.ts"
import { limitLoops, refuseUnbounded, Unbounded } from "./limits.ts"
import { unknownNames } from "./names.ts"
import { renderSimply } from "./simple.ts"

export type Scope = Readonly<Record<string, unknown>>

// An instance of our own: nothing that a library registers globally reaches a template.
const handlebars = Handlebars.create()
for (const [name, helper] of Object.entries(helpers))
  handlebars.registerHelper(name, helper as Handlebars.HelperDelegate)
// {{{{raw}}}} … {{{{/raw}}}}: the text as it is, for Jinja that holds no answer.
handlebars.registerHelper("raw", function (this: unknown, options: Handlebars.HelperOptions) {
  return options.fn(this)
})

const loops = limitLoops(Handlebars.helpers["each"]!)
handlebars.registerHelper("each", loops.each)

/** Every helper that a template may call. */
export const KNOWN_HELPERS: ReadonlySet<string> = new Set([
  ...Object.keys(helpers),
  "raw",
  "each",
  "if",
  "unless",
  "with",
  "lookup",
])
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
    const simple = renderSimply(source, scope, names)
    if (simple !== undefined) return simple
    const template = parse(source)
    const unknown = unknownProblems(template, file, names)
    if (unknown.length > 0) throw new MeshwrightError(unknown)
    template.run ??= handlebars.compile<Scope>(template.program, { noEscape: true, strict: true })
    loops.reset()
    return template.run(scope)
  } catch (error) {
    if (error instanceof MeshwrightError) throw error
    throw new MeshwrightError([templateProblem(error, file, source)], "failed", { cause: error })
  }
}

/** What `render` would refuse whatever the values are: syntax errors and unknown names. */
export function checkText(source: string, file: string, known: ReadonlySet<string>): readonly Diagnostic[] {
  if (!source.includes("{{")) return []
  try {
    return unknownProblems(parse(source), file, known)
  } catch (error) {
    return [templateProblem(error, file, source)]
  }
}

/** The syntax tree of a text; undefined where it does not parse, which is told by who renders or checks it. */
export function syntaxTree(source: string): hbs.AST.Program | undefined {
  try {
    return parse(source).program
  } catch {
    return undefined
  }
}

function unknownProblems({ program }: ParsedTemplate, file: string, names: ReadonlySet<string>): Diagnostic[] {
  return unknownNames(program, names, KNOWN_HELPERS).map(({ name, line, column }) => {
    const near = closest(name, [...names, ...KNOWN_HELPERS])
    const all = names.size === 0 ? "no names are declared" : `known names: ${[...names].toSorted().join(", ")}`
    return problem("template-unknown-name", `unknown name {{${name}}}`, {
      file,
      position: { line, column },
      hint: near === undefined ? all : `did you mean {{${near}}}? ${all}`,
    })
  })
}

/** Whether a text of a template would take the name for a helper, or a word of its language. */
export function isHelperName(name: string): boolean {
  return KNOWN_HELPERS.has(name) || WORDS.has(name)
}

const WORDS = new Set(["this", "else", "as", "true", "false", "null", "undefined"])

/** Names that a text refers to, for finding out what a default or a derived value needs; none where it does not parse. */
export function namesIn(source: string): readonly string[] {
  if (!source.includes("{{")) return []
  return unknownNames(syntaxTree(source), new Set(), KNOWN_HELPERS).map((found) => found.name)
}

function parse(source: string): ParsedTemplate {
  const known = templates.get(source)
  if (known) return known
  refuseUnbounded(source)
  const template: ParsedTemplate = { program: Handlebars.parse(source) }
  templates.set(source, template)
  return template
}

/** Handlebars' errors in words of ours, with line and column. */
function templateProblem(error: unknown, file: string, source: string): Diagnostic {
  const { message, lineNumber, column } = error as Error & { lineNumber?: number; column?: number }
  const parsed = /^Parse error on line (\d+):/.exec(message)
  const line = lineNumber ?? (parsed ? Number(parsed[1]) : undefined)
  const place = line === undefined ? {} : { position: { line, column: (column ?? 0) + 1 } }
  if (error instanceof Unbounded) return problem("template-unbounded", message, { file, ...place, hint: error.hint })
  const missing = /^"(.*)" not defined in the answers/.exec(message)?.[1]
  if (missing !== undefined) {
    return problem("template-no-value", `{{${missing}}} has no value with these answers: its question is not asked`, {
      file,
      ...place,
      hint: `write {{#if ${missing}}}…{{/if}} around it, or give the file the same condition as the question`,
    })
  }
  const open = unclosedTag(source)
  if (open !== undefined)
    return problem("template-syntax", `cannot be rendered: ${open.text} is not closed with }}`, {
      file,
      position: open.position,
      hint: "braces that are meant as they are stand behind a backslash: \\{{, or in a file without .hbs",
    })
  const text = parsed ? parseMessage(message) : (message.split("\n")[0] ?? message)
  return problem("template-syntax", `cannot be rendered: ${text}`, {
    file,
    ...place,
    hint: "Jinja and ${{ }} belong into files without .hbs, or behind a backslash: \\{{ ref('x') }}",
  })
}

/** The first {{ that ends before its }}: at the next {{, or with the text. Handlebars tells where it gives up, which can be far on. */
function unclosedTag(source: string): { readonly text: string; readonly position: Position } | undefined {
  const rest = source.replace(/\\\{\{|\{\{~?!--[\s\S]*?--~?\}\}/g, (found) => " ".repeat(found.length))
  const found = /\{\{(?!\{)(?:(?!\}\}|\{\{)[\s\S])*(?:\{\{|$)/.exec(rest)
  if (found === null) return undefined
  const before = source.slice(0, found.index).split("\n")
  const text = (found[0].replace(/\{\{$/, "").split("\n")[0] ?? "").trim()
  return {
    text: text.length > 30 ? `${text.slice(0, 30)}…` : text || "{{",
    position: { line: before.length, column: before.at(-1)!.length + 1 },
  }
}

/** The parser tells its own token names; what helps is where it stopped. */
function parseMessage(message: string): string {
  if (message.includes("got 'EOF'")) return "a block ({{#…}}) is not closed"
  const excerpt = message.split("\n")[1] ?? ""
  return `does not parse near ${JSON.stringify(excerpt.trim())}`
}
