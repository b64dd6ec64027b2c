import { readFileSync } from "node:fs"
import { type FileAnswers, parseAnswersFile } from "../../core/answers/parse-answers-file.ts"
import { MeshwrightError, problem } from "../../core/model/diagnostic.ts"

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
  try {
    return parseAnswersFile(readFileSync(file === "-" ? 0 : file, "utf8"), name)
  } catch (error) {
    if (error instanceof MeshwrightError) throw error
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`
    throw new MeshwrightError([problem("answers-file", message, { file: name })], "usage", { cause: error })
  }
}
