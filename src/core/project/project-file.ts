import { isMap, isScalar, LineCounter, parseDocument } from "yaml"
import type { Answers } from "../model/answers.ts"
import { byPosition, type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import { didYouMean } from "../answers/closest.ts"
import { globProblem } from "../render/glob.ts"
import { credentialsIn } from "../template/parse-source.ts"
import { yamlProblems } from "../yaml-problems.ts"
import type { LockException } from "../model/exception.ts"
import type { AnswerPlaces } from "../answers/resolve-answers.ts"
import { showValue } from "../show-value.ts"
import { answerPlaces } from "./answer-places.ts"
import { parseExceptions } from "./parse-exceptions.ts"
import { yamlValue } from "../render/quote.ts"

/** meshwright.yml: what people and bots see and edit of a project's tie to its template. */
export interface ProjectFile {
  readonly template: string
  readonly version: string
  readonly answers: Answers
  readonly places: AnswerPlaces
  readonly update: { readonly keep: readonly string[] }
  /** Approved deviations from locked content. */
  readonly exceptions: readonly LockException[]
}

const NAME = "meshwright.yml"
const KNOWN_KEYS = ["template", "version", "answers", "update", "exceptions"]

/** Where editors find the JSON Schema of meshwright.yml, for completion: the newest, which knows all keys that there are. */
const SCHEMA = "https://unpkg.com/meshwright/schemas/meshwright.schema.json"

/** A new meshwright.yml. */
export function formatProjectFile(
  project: Pick<ProjectFile, "template" | "version" | "answers">,
  keep: readonly string[] = [],
): string {
  return [
    `# yaml-language-server: $schema=${SCHEMA}`,
    "# The template of this project, and what it was told. Edit an answer, or raise the version, and run `meshwright update`.",
    `template: ${yamlValue(project.template)}`,
    `version: ${yamlValue(project.version)}`,
    "answers:",
    ...Object.entries(project.answers).map(([name, value]) => `  ${name}: ${yamlValue(value)}`),
    ...(keep.length === 0 ? [] : ["update:", `  keep: ${yamlValue(keep)}`]),
    "",
  ].join("\n")
}

/**
 * Reads meshwright.yml. Throws a MeshwrightError that names line and column of every problem, and what to do; of kind
 * `usage` for an address that holds a password or token, which nothing may print.
 */
export function parseProjectFile(text: string): ProjectFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file: NAME, position: { line, column: col } }
  }
  const broken = yamlProblems(document, text, lines)
  if (broken.length > 0)
    throw new MeshwrightError(
      broken.map(({ message, ...place }) => problem("project-file", message, { ...place, file: NAME })),
    )
  const value = document.toJS({ maxAliasCount: 100 }) as Record<string, unknown> | null
  if (!isMap(document.contents)) throw new MeshwrightError([noTemplate("is no map of keys and values", at(0))])
  const found: Diagnostic[] = []
  const wrong = (path: readonly string[], message: string, hint: string): void =>
    void found.push(problem("project-file", message, { ...at(offsetOf(document.contents, path)), hint }))
  const { template, version, update } = value ?? {}
  const credentials = typeof template === "string" ? credentialsIn(template) : undefined
  if (credentials)
    throw new MeshwrightError([{ ...credentials, ...at(offsetOf(document.contents, ["template"])) }], "usage")
  if (template === undefined) found.push(noTemplate("has no template", at(0)))
  else if (typeof template !== "string") wrong(["template"], "template must be a text", TEMPLATE_HINT)
  for (const key of Object.keys(value ?? {})) {
    if (!KNOWN_KEYS.includes(key))
      wrong(
        [key],
        `${key} is no key of meshwright.yml`,
        didYouMean(key, KNOWN_KEYS, `known are ${KNOWN_KEYS.join(", ")}`),
      )
  }
  if (typeof version === "object" && version !== null)
    wrong(["version"], "version must be a text", "write a tag, a branch or a commit, such as version: 1.4.0")
  for (const { path, message, hint } of answerProblems(value?.["answers"] ?? {})) wrong(path, message, hint)
  for (const { path, message, hint } of updateProblems(update ?? {})) wrong(path, message, hint)
  const { exceptions, problems } = parseExceptions(document, (offset) => at(offset).position)
  for (const { message, offset } of problems) found.push(problem("project-file", message, at(offset)))
  if (found.length > 0) throw new MeshwrightError(found.toSorted(byPosition))
  return {
    template: template as string,
    version: showValue(version),
    answers: (value?.["answers"] ?? {}) as Answers,
    places: answerPlaces(document.get("answers", true), lines, NAME),
    update: { keep: (update as { keep?: string[] } | null | undefined)?.keep ?? [] },
    exceptions,
  }
}

const TEMPLATE_HINT = "write where the template is, such as template: builtin:domain"

function noTemplate(message: string, place: Pick<Diagnostic, "file" | "position">): Diagnostic {
  return problem("project-file", message, { ...place, hint: TEMPLATE_HINT })
}

/** Where a key stands in the text. */
function offsetOf(contents: unknown, path: readonly string[]): number {
  let at = contents
  let offset = 0
  for (const name of path) {
    const pair = isMap(at) ? at.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined
    if (!isScalar(pair?.key)) break
    offset = pair.key.range?.[0] ?? offset
    at = pair.value
  }
  return offset
}

interface Misfit {
  readonly path: readonly string[]
  readonly message: string
  readonly hint: string
}

function answerProblems(answers: unknown): Misfit[] {
  if (!isRecord(answers))
    return [
      { path: ["answers"], message: "answers must be a map", hint: "write `question: answer` below it, one a line" },
    ]
  return Object.entries(answers).flatMap(([name, answer]): Misfit[] => {
    if (isAnswer(answer)) return []
    const message = answer === null ? `${name} has no answer` : `the answer to ${name} is of no kind that there is`
    const hint =
      answer === null
        ? "give one, or take the line out: the next update asks"
        : "an answer is a text, a number, true or false, or a list of texts (numbers in quotes)"
    return [{ path: ["answers", name], message, hint }]
  })
}

function isAnswer(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string")
  return ["string", "number", "boolean"].includes(typeof value)
}

function updateProblems(update: unknown): Misfit[] {
  const hint = "write update: {keep: [docs/**]}"
  if (!isRecord(update)) return [{ path: ["update"], message: "update must be a map", hint }]
  const unknown = Object.keys(update).filter((key) => key !== "keep")
  const { keep = [] } = update
  const isList = Array.isArray(keep) && keep.every((glob) => typeof glob === "string")
  return [
    ...unknown.map((key) => ({ path: ["update", key], message: `update has no key ${key}`, hint })),
    ...(isList ? [] : [{ path: ["update", "keep"], message: "keep must be a list of paths and globs", hint }]),
    ...(isList ? (keep as readonly string[]) : []).flatMap((glob): Misfit[] => {
      const trouble = globProblem(glob)
      if (trouble === undefined) return []
      return [{ path: ["update", "keep"], message: `${JSON.stringify(glob)} ${trouble.message}`, hint: trouble.hint }]
    }),
  ]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
