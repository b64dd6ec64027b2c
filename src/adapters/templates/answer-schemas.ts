import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { parseDocument } from "yaml"
import { type Diagnostic, MeshwrightError, problem } from "../../core/model/diagnostic.ts"
import type { Question } from "../../core/model/template.ts"
import type { ParsedManifest } from "../../core/template/parse-manifest.ts"
import { isOutside, readRegular, refuseOutside } from "./read-files.ts"

/**
 * A manifest whose questions check their answers by the JSON Schemas that they name. The library for that is loaded only
 * where a question names one. Throws a MeshwrightError with every schema that cannot be read or is none.
 * @param folder what paths of schemas are relative to
 * @param within schemas come from here, never from elsewhere
 * @param texts gets the text of each file that is read: it is a part of the template
 */
export async function withAnswerSchemas(
  parsed: ParsedManifest,
  folder: string,
  within: string,
  texts: string[],
): Promise<ParsedManifest> {
  const { questions } = parsed.manifest
  if (!questions.some(({ validate }) => validate?.schema !== undefined)) return parsed
  const { compileSchema } = await import("./compile-schema.ts")
  const found: Diagnostic[] = []
  const checked = questions.map((question, index): Question => {
    const written: unknown = question.validate?.schema
    if (written === undefined) return question
    try {
      const schema = typeof written === "string" ? readSchema(written, folder, within, texts) : written
      return { ...question, validate: { ...question.validate, ...compileSchema(schema) } }
    } catch (error) {
      const message = `the schema of ${question.name} ${error instanceof Error ? error.message : String(error)}`
      const position = parsed.locate(["questions", index, "validate", "schema"])
      found.push(problem("manifest-answer-schema", message, { file: parsed.file, position, hint: HINT }))
      return question
    }
  })
  if (found.length > 0) throw new MeshwrightError(found)
  return { ...parsed, manifest: { ...parsed.manifest, questions: checked } }
}

const HINT = "give a JSON Schema, or the path of a .json or .yml file with one, inside of the template"

function readSchema(path: string, folder: string, within: string, texts: string[]): unknown {
  const file = resolve(folder, path)
  if (isOutside(resolve(within), file)) throw new Error(`is outside of the template: ${path}`)
  if (!existsSync(file)) throw new Error(`does not exist: ${path}`)
  refuseOutside(file, within)
  const text = readRegular(file).toString("utf8")
  texts.push(text)
  // JSON is YAML.
  const document = parseDocument(text, { logLevel: "error", prettyErrors: false })
  const [error] = document.errors
  if (error) throw new Error(`cannot be read: ${path}: ${error.message}`)
  return document.toJS({ maxAliasCount: 100 }) as unknown
}
