import { isMap, isScalar, LineCounter, parseDocument } from "yaml"
import type { Answers } from "../model/answers.ts"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
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
const KNOWN_KEYS = new Set(["template", "version", "answers", "update", "exceptions"])

/** A new meshwright.yml. */
export function formatProjectFile(
  project: Pick<ProjectFile, "template" | "version" | "answers">,
  keep: readonly string[] = [],
): string {
  return [
    "# The template of this project, and what it was told. Edit an answer, or raise the version, and run `meshwright update`.",
    `template: ${yamlValue(project.template)}`,
    `version: ${yamlValue(project.version)}`,
    "answers:",
    ...Object.entries(project.answers).map(([name, value]) => `  ${name}: ${yamlValue(value)}`),
    ...(keep.length === 0 ? [] : ["update:", `  keep: ${yamlValue(keep)}`]),
    "",
  ].join("\n")
}

/** Reads meshwright.yml. Throws a MeshwrightError that names line and column of every problem. */
export function parseProjectFile(text: string): ProjectFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { file: NAME, position: { line, column: col } }
  }
  // Only the first: what the parser says of the rest follows from it.
  const [error] = document.errors
  if (error) throw new MeshwrightError([problem("project-file", error.message, at(error.pos[0]))])
  const found: Diagnostic[] = []
  const value = document.toJS({ maxAliasCount: 100 }) as Record<string, unknown> | null
  if (!isMap(document.contents) || typeof value?.["template"] !== "string") {
    throw new MeshwrightError([
      problem("project-file", "has no template: expected `template: SOURCE`", {
        file: NAME,
        position: { line: 1, column: 1 },
      }),
    ])
  }
  const wrong = (key: string, message: string): void => {
    const node = document.get(key, true)
    found.push(
      problem(
        "project-file",
        `${key} ${message}`,
        at((isScalar(node) || isMap(node) ? node.range?.[0] : undefined) ?? 0),
      ),
    )
  }
  for (const key of Object.keys(value)) {
    if (!KNOWN_KEYS.has(key)) wrong(key, `is no key of meshwright.yml; known: ${[...KNOWN_KEYS].join(", ")}`)
  }
  const answers = value["answers"] ?? {}
  if (!isAnswers(answers)) wrong("answers", "must be a map of question: text, number, true/false or list of texts")
  const keep = (value["update"] as { keep?: unknown } | undefined)?.keep ?? []
  if (!Array.isArray(keep) || !keep.every((glob) => typeof glob === "string"))
    wrong("update", "must be {keep: [globs]}")
  const { exceptions, problems } = parseExceptions(document, (offset) => at(offset).position)
  for (const { message, offset } of problems) found.push(problem("project-file", message, at(offset)))
  if (found.length > 0) throw new MeshwrightError(found)
  return {
    template: value["template"],
    version: showValue(value["version"]),
    answers: answers as Answers,
    places: answerPlaces(document.get("answers", true), lines, NAME),
    update: { keep: keep as string[] },
    exceptions,
  }
}

function isAnswers(value: unknown): value is Answers {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(
      (answer) =>
        ["string", "number", "boolean"].includes(typeof answer) ||
        (Array.isArray(answer) && answer.every((item) => typeof item === "string")),
    )
  )
}
