import { isMap, LineCounter, parseDocument } from "yaml"
import { MeshwrightError, problem } from "../model/diagnostic.ts"
import { answerPlaces } from "../project/answer-places.ts"
import { yamlProblems } from "../yaml-problems.ts"
import type { AnswerPlaces } from "./resolve-answers.ts"

export interface FileAnswers {
  readonly file: Readonly<Record<string, unknown>>
  readonly places: AnswerPlaces
}

/**
 * Answers from the text of a file, YAML or JSON. Throws a MeshwrightError of kind `usage` with every problem found.
 * @param name how the file is called in messages
 */
export function parseAnswersFile(text: string, name: string): FileAnswers {
  // JSON is YAML.
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" })
  const broken = yamlProblems(document, text, lines)
  if (broken.length > 0)
    throw new MeshwrightError(
      broken.map(({ message, ...place }) => problem("answers-file", message, { ...place, file: name })),
      "usage",
    )
  if (document.contents === null) return { file: {}, places: {} }
  if (!isMap(document.contents))
    throw new MeshwrightError(
      [
        problem("answers-file", "is no map of questions and answers", {
          file: name,
          position: { line: 1, column: 1 },
          hint: "write `question: answer`, one a line",
        }),
      ],
      "usage",
    )
  const file = document.toJS({ maxAliasCount: 100 }) as Record<string, unknown>
  return { file, places: answerPlaces(document.contents, lines, name) }
}
