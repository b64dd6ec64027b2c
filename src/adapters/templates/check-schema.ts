import type { ErrorObject, ValidateFunction } from "ajv"
import semver from "semver"
import { closest, didYouMean } from "../../core/answers/closest.ts"
import type { ManifestChecks, SchemaProblem } from "../../core/template/parse-manifest.ts"
import { namedPath } from "../../core/template/named-path.ts"
import { validate as validateGenerator } from "./generator-validator.ts"
import { parsePointer } from "./json-pointer.ts"
import { schemaWords } from "./schema-words.ts"
import { validate as validateTemplate } from "./template-validator.ts"

/**
 * Checks of template.yml: against the published JSON Schema, and against the version that reads it.
 * @param running version of meshwright; absent: whatever the template needs, it has
 */
export function manifestChecks(running?: string): ManifestChecks {
  return checksBy(validateTemplate, "a template", running)
}

/** Checks of generator.yml, likewise. */
export function generatorChecks(running?: string): ManifestChecks {
  return checksBy(validateGenerator, "a generator", running)
}

function checksBy(validate: ValidateFunction, what: string, running: string | undefined): ManifestChecks {
  return {
    schema: (value) => {
      if (validate(value)) return []
      return unique((validate.errors ?? []).filter(saysMore).map((error) => toProblem(error, value, what)))
    },
    requires: (range) => (running === undefined ? undefined : refusal(range, running)),
  }
}

function refusal(range: string, running: string): Pick<SchemaProblem, "message" | "hint"> | undefined {
  if (semver.validRange(range) === null) {
    return {
      message: `requires.meshwright: ${JSON.stringify(range)} is no range of versions`,
      hint: "write it as npm does, such as >=1.2 or ^1",
    }
  }
  if (semver.satisfies(running, range, { includePrerelease: true })) return undefined
  const wanted = semver.gtr(running, range) ? JSON.stringify(`meshwright@${range}`) : "meshwright@latest"
  return {
    message: `this template needs meshwright ${range}, and this is ${running}`,
    hint: `run it with a version that fits: npx ${wanted} …`,
  }
}

/** What only repeats that one of several ways has to fit is said once, by the error about all of them. */
function saysMore({ keyword, schemaPath }: ErrorObject): boolean {
  return keyword !== "if" && !/\/(oneOf|anyOf)\/\d/.test(schemaPath)
}

function toProblem(error: ErrorObject, root: unknown, what: string): SchemaProblem {
  const path = parsePointer(error.instancePath)
  const schema = error.parentSchema as SchemaNode
  const named = (words: string): string => (path.length === 0 ? words : `${namedPath(path, root)}: ${words}`)
  const { additionalProperty, missingProperty, allowedValues } = error.params as ErrorParams
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(additionalProperty)
      const keys = Object.keys(schema.properties ?? {})
      return {
        path: [...path, key],
        isKey: true,
        message: `${namedPath([...path, key], root)} is no key of ${what}`,
        hint: didYouMean(key, keys, `known are ${keys.join(", ")}`),
      }
    }
    case "required": {
      const key = String(missingProperty)
      return { path, message: named(`${key} is missing`), hint: `add \`${key}: …\`${about(schema.properties?.[key])}` }
    }
    case "anyOf":
    case "oneOf":
      return { path, message: named(schema.errorMessage ?? "does not fit"), ...hintOf(schema) }
    case "propertyNames":
      return { path, isKey: true, message: named(schemaWords(error)) }
    case "enum":
      return { path, message: named(schemaWords(error)), ...enumHint(error.data, allowedValues ?? [], schema) }
    case "type":
      return { path, message: named(typeWords(error)), ...typeHint(error, schema) }
    default:
      return { path, message: named(schemaWords(error)), ...hintOf(schema) }
  }
}

interface ErrorParams {
  readonly additionalProperty?: string
  readonly missingProperty?: string
  readonly allowedValues?: readonly unknown[]
}

interface SchemaNode {
  readonly description?: string
  readonly errorMessage?: string
  readonly patternErrorMessage?: string
  readonly properties?: Readonly<Record<string, SchemaNode>>
}

function enumHint(data: unknown, values: readonly unknown[], schema: SchemaNode): Pick<SchemaProblem, "hint"> {
  if (data === "secret") return { hint: "type: password, or secret: true beside any type" }
  const near = typeof data === "string" ? closest(data, values.map(String)) : undefined
  return near === undefined ? hintOf(schema) : { hint: `did you mean ${near}?` }
}

function typeWords(error: ErrorObject): string {
  return `${schemaWords(error)}${error.data === null ? ", and there is nothing" : ""}`
}

function typeHint({ data, params }: ErrorObject, schema: SchemaNode): Pick<SchemaProblem, "hint"> {
  const isScalar = typeof data === "number" || typeof data === "boolean"
  if (isScalar && (params as { type: unknown }).type === "string" && schema.patternErrorMessage === undefined)
    return { hint: `put it in quotes: "${String(data)}"` }
  return hintOf(schema)
}

function hintOf({ description }: SchemaNode): Pick<SchemaProblem, "hint"> {
  return description === undefined ? {} : { hint: description }
}

function about(schema: SchemaNode | undefined): string {
  return schema?.description === undefined ? "" : ` (${schema.description})`
}

function unique(problems: readonly SchemaProblem[]): SchemaProblem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()]
}
