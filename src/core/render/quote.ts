import { showValue } from "../show-value.ts"

/** Quoting for the formats that answers are written into. Whatever the value, the result is one value of that format. */

// Words that YAML 1.1, which dbt and many CI systems read, takes for something else than text.
const YAML_TRAP = /^(y|yes|n|no|true|false|on|off|null|nan|inf|infinity)$/i
const YAML_PLAIN = /^[A-Za-z_][A-Za-z0-9_./+@-]*( [A-Za-z0-9_./+@-]+)*$/
// A source such as builtin:domain or git+https://host/x: a colon without a blank behind it. And a version: two dots are no number.
const YAML_PLAIN_ADDRESS =
  /^(\.{0,2}\/)?[A-Za-z][A-Za-z0-9_./+-]*(:[A-Za-z0-9_./@+-]+)?$|^v?\d+\.\d+\.\d+[A-Za-z0-9.+-]*$/

/** A YAML flow value: a scalar, plain where that is safe in YAML 1.1 and 1.2 and double-quoted otherwise, or a flow list. */
export function yamlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(", ")}]`
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  const text = showValue(value)
  return (YAML_PLAIN.test(text) || YAML_PLAIN_ADDRESS.test(text)) && !YAML_TRAP.test(text) ? text : jsonString(text)
}

/** A JSON value. */
export function jsonValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonValue).join(", ")}]`
  if (typeof value === "number" || typeof value === "boolean") return String(value)
  return jsonString(showValue(value))
}

/** A Terraform (HCL) value. `${` and `%{` would start a template in a quoted string and are escaped by doubling the sign. */
export function hclValue(value: unknown): string {
  return jsonValue(value).replaceAll(/([$%])\{/g, (_, sign: string) => `${sign}${sign}{`)
}

/** A SQL string literal, by the standard's only escape: the quote doubled. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** One word for a POSIX shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** JSON's string, with the characters escaped that YAML or JavaScript would take for line ends or refuse. */
function jsonString(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`
  })
}
