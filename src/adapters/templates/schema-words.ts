import type { ErrorObject } from "ajv"

/** What a JSON Schema has against a value, in words that follow the name of what is wrong. */
export function schemaWords({ keyword, params, message, parentSchema }: ErrorObject): string {
  const given = params as Readonly<Record<string, unknown>>
  const limit = Number(given["limit"])
  switch (keyword) {
    case "type":
      if (given["type"] === "string" && patternWords(parentSchema) !== undefined) return patternWords(parentSchema)!
      return `must be ${[given["type"]].flat().map(typeWord).join(" or ")}`
    case "enum":
      return `must be one of ${(given["allowedValues"] as readonly unknown[]).join(", ")}`
    case "const":
      return `must be ${JSON.stringify(given["allowedValue"])}`
    case "pattern":
      return patternWords(parentSchema) ?? `must match ${String(given["pattern"])}`
    case "required":
      return `${String(given["missingProperty"])} is missing`
    case "additionalProperties":
      return `${String(given["additionalProperty"])} is no key that is known here`
    case "minLength":
      return limit === 1 ? "must not be empty" : `must have at least ${limit} characters`
    case "maxLength":
      return `must have at most ${limit} characters`
    case "minItems":
    case "minProperties":
      return limit === 1 ? "must not be empty" : `must have at least ${limit} entries`
    case "maxItems":
      return `must have at most ${limit} entries`
    case "uniqueItems":
      return "must not name the same twice"
    case "minimum":
      return `must be at least ${limit}`
    case "maximum":
      return `must be at most ${limit}`
    case "exclusiveMinimum":
      return `must be more than ${limit}`
    case "exclusiveMaximum":
      return `must be less than ${limit}`
    case "multipleOf":
      return `must be a multiple of ${String(given["multipleOf"])}`
    case "format":
      return `must be ${FORMATS[String(given["format"])] ?? `a valid ${String(given["format"])}`}`
    default:
      return message ?? "does not fit"
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  email: "a mail address",
  uri: "an address such as https://example.com",
  hostname: "the name of a host",
  uuid: "a UUID",
  ipv4: "an IPv4 address",
  date: "a date such as 2027-03-31",
  regex: "a regular expression",
}

const TYPES: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  null: "null",
}

function typeWord(type: unknown): string {
  return TYPES[String(type)] ?? String(type)
}

/** What editors show too where a text does not match. */
function patternWords(schema: unknown): string | undefined {
  const words = (schema as { patternErrorMessage?: unknown } | undefined)?.patternErrorMessage
  return typeof words === "string" ? words : undefined
}
