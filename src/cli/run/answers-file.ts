import { readFileSync } from "node:fs"
import { LineCounter, parseDocument } from "yaml"
import type { AnswerPlaces } from "../../core/answers/resolve-answers.ts"
import { answerPlaces } from "../../core/project/answer-places.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

interface FileAnswers {
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
}

/** Answers from YAML or JSON files, later ones over earlier ones; `-` is stdin. Throws a MeshwrightError of kind `usage`. */
export function readAnswersFiles(files: readonly string[]): FileAnswers {
  const read = files.map(readAnswersFile)
  // Not Object.assign, for which an answer named __proto__ would be none.
  return {
    file: Object.fromEntries(read.flatMap(({ file }) => Object.entries(file))),
    places: Object.fromEntries(read.flatMap(({ places }) => Object.entries(places))),
  }
}

function readAnswersFile(file: string): FileAnswers {
  const name = file === "-" ? "stdin" : file
  let text: string
  try {
    text = readFileSync(file === "-" ? 0 : file, "utf8")
  } catch (error) {
    throw wrong(name, `cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  // JSON is YAML.
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const error = document.errors[0]
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw wrong(name, error.message, { line, column: col })
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  if (value === null) return { file: {}, places: {} }
  if (typeof value !== "object" || Array.isArray(value)) throw wrong(name, "must be a map of question: answer")
  return { file: value as Record<string, unknown>, places: answerPlaces(document.contents, lines, name) }
}

function wrong(
  file: string,
  message: string,
  position?: { readonly line: number; readonly column: number },
): MeshwrightError {
  return new MeshwrightError([problem("answers-file", message, { file, ...(position ? { position } : {}) })], "usage")
}
