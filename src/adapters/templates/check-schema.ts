import type { ErrorObject, ValidateFunction } from "ajv"
import type { CheckSchema, SchemaProblem } from "../../core/template/parse-manifest.ts"
import { parsePointer } from "./json-pointer.ts"
import { validate as validateGenerator } from "./generator-validator.ts"
import { validate as validateTemplate } from "./template-validator.ts"

/** A checker for template.yml, from the published JSON Schema. */
export function schemaChecker(): CheckSchema {
  return checkerOf(validateTemplate)
}

/** A checker for generator.yml, likewise. */
export function generatorChecker(): CheckSchema {
  return checkerOf(validateGenerator)
}

function checkerOf(validate: ValidateFunction): CheckSchema {
  return (value) => {
    if (validate(value)) return []
    const errors = validate.errors ?? []
    // "must match a schema in oneOf" and "then" only repeat what the errors below them say in detail.
    const detailed = errors.filter((error) => !["oneOf", "if"].includes(error.keyword))
    return unique((detailed.length > 0 ? detailed : errors).map(toProblem))
  }
}

function toProblem(error: ErrorObject): SchemaProblem {
  const path = parsePointer(error.instancePath)
  const params = error.params as { additionalProperty?: string; allowedValues?: unknown[] }
  if (params.additionalProperty !== undefined) {
    return { path: [...path, params.additionalProperty], message: `${params.additionalProperty} is no known key here` }
  }
  const allowed = params.allowedValues ? `: ${params.allowedValues.join(", ")}` : ""
  return { path, message: `${error.message ?? "does not fit"}${allowed}` }
}

function unique(problems: readonly SchemaProblem[]): SchemaProblem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]
}
