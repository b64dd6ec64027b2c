import { readFileSync } from "node:fs"
import { LineCounter, parseDocument } from "yaml"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

/** Answers from YAML or JSON files, later ones over earlier ones; `-` is stdin. Throws a MeshwrightError of kind `usage`. */
export function readAnswersFiles(files: readonly string[]): Readonly<Record<string, unknown>> {
  // Not Object.assign, for which an answer named __proto__ would be none.
  return Object.fromEntries(files.flatMap((file) => Object.entries(readAnswersFile(file))))
}

function readAnswersFile(file: string): Record<string, unknown> {
  const name = file === "-" ? "stdin" : file
  let text: string
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8")
  } catch (error) {
    throw wrong(name, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  // JSON is YAML.
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: "error" })
  const error = document.errors[0]
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    // The message repeats the place, which is told in front of it.
    throw wrong(name, (error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, ""), {
      line,
      column: col,
    })
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  if (value === null) return {}
  if (typeof value !== "object" || Array.isArray(value)) throw wrong(name, "must be a map of question: answer")
  return value as Record<string, unknown>
}

function wrong(
  file: string,
  message: string,
  position?: { readonly line: number; readonly column: number },
): MeshwrightError {
  return new MeshwrightError([problem("answers-file", message, { file, ...(position ? { position } : {}) })], "usage")
}
