import { Ajv, type ErrorObject, type Options, type ValidateFunction } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import type { AnswerValue } from "../../core/model/answers.ts"
import type { Validation } from "../../core/model/template.ts"
import { namesWrong } from "../../core/answers/parse-answer.ts"
import { isDate } from "../../core/is-date.ts"
import { patternProblem } from "../../core/pattern-problem.ts"
import { schemaWords } from "./schema-words.ts"

/** What `format` may say; JSON Schema leaves open what it checks, and an unknown one is refused. */
const FORMATS: NonNullable<Options["formats"]> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: (text: string) => /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text),
  hostname: /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  ipv4: /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/,
  date: (text: string) => isDate(text),
  regex: (text: string) => patternProblem(text) === undefined,
}

/**
 * A JSON Schema (draft 7, or 2020-12 where its $schema says so), and what it has against an answer. Throws an Error that
 * says why it is none.
 */
export function compileSchema(schema: unknown): Required<Pick<Validation, "schema" | "misfit">> {
  if (!isSchema(schema)) throw new Error("is none: it must be a map, such as {type: integer, minimum: 1}")
  const is2020 = String(schema["$schema"]).includes("2020-12")
  const ajv = new (is2020 ? Ajv2020 : Ajv)({
    formats: FORMATS,
    keywords: ["patternErrorMessage"],
    strictTypes: false,
    verbose: true,
    logger: false,
  })
  const validate = compiled(ajv, schema)
  const misfit = (value: AnswerValue): string | undefined => {
    if (validate(value)) return undefined
    const [error] = validate.errors ?? []
    return error === undefined ? "does not fit its schema" : words(error, value)
  }
  return { schema, misfit }
}

function isSchema(value: unknown): value is NonNullable<Validation["schema"]> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function compiled(ajv: Ajv | Ajv2020, schema: NonNullable<Validation["schema"]>): ValidateFunction {
  try {
    return ajv.compile(schema)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const reason = said
      .replace(/^schema is invalid: data\/?/, "")
      .replace(/^strict mode: /, "")
      .replace(/ ignored in schema at path .*$/, "")
    throw new Error(`is none: ${reason}`, { cause: error })
  }
}

/** What is wrong, of a list with the item. */
function words(error: ErrorObject, value: AnswerValue): string {
  const index = /^\/(\d+)$/.exec(error.instancePath)?.[1]
  const said = schemaWords(error)
  return index === undefined || typeof value !== "object" ? said : namesWrong(value[Number(index)]!, said)
}
