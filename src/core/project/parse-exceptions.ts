import { isMap, isScalar, isSeq, type Document, type YAMLMap } from "yaml"
import { isDate } from "../is-date.ts"
import { keyPatternProblem } from "../locked/key-pattern.ts"
import type { Position } from "../model/diagnostic.ts"
import type { LockException } from "../model/exception.ts"
import { showValue } from "../show-value.ts"

const FIELDS = ["path", "key", "reason", "approved_by", "until"] as const
type Field = (typeof FIELDS)[number]
const REQUIRED: readonly Field[] = ["path", "reason", "approved_by", "until"]

/** Something that is wrong with the exceptions, and where in the text. */
export interface ExceptionProblem {
  readonly message: string
  readonly offset: number
}

/** What is wrong with a field of an exception; undefined when nothing is. */
export function fieldProblem(field: Field, value: unknown): string | undefined {
  if (typeof value !== "string" || value.trim() === "") {
    return field === "until" ? 'needs a day such as "2027-03-31"' : "needs a text"
  }
  if (field === "until" && !isDate(value)) return `is ${value}: it needs a day such as "2027-03-31"`
  if (field === "key") {
    const trouble = keyPatternProblem(value)
    return trouble && `is ${JSON.stringify(value)}, which ${trouble}: it needs a key path such as models.+access`
  }
  return undefined
}

/** The exceptions of meshwright.yml, and everything that is wrong with them. */
export function parseExceptions(
  document: Document,
  positionOf: (offset: number) => Position,
): { readonly exceptions: readonly LockException[]; readonly problems: readonly ExceptionProblem[] } {
  const list = document.get("exceptions", true)
  if (list === undefined || (isScalar(list) && list.value === null)) return { exceptions: [], problems: [] }
  const start = offsetOf(list)
  if (!isSeq(list)) {
    return {
      exceptions: [],
      problems: [{ message: "exceptions must be a list of {path, reason, approved_by, until}", offset: start }],
    }
  }
  const problems: ExceptionProblem[] = []
  const exceptions = list.items.flatMap((item, index): LockException[] => {
    const name = `exceptions[${index}]`
    if (!isMap(item)) {
      problems.push({ message: `${name} must be {path, reason, approved_by, until}`, offset: offsetOf(item) || start })
      return []
    }
    const found = problemsOf(item, name)
    problems.push(...found)
    if (found.length > 0) return []
    return [{ ...(item.toJSON() as LockException), position: positionOf(offsetOf(item)) }]
  })
  return { exceptions, problems }
}

function problemsOf(item: YAMLMap, name: string): readonly ExceptionProblem[] {
  const start = offsetOf(item)
  const unknown = item.items.flatMap(({ key }): ExceptionProblem[] => {
    const field = isScalar(key) ? showValue(key.value) : ""
    if ((FIELDS as readonly string[]).includes(field)) return []
    return [
      { message: `${name}: ${field} is no key of an exception; known: ${FIELDS.join(", ")}`, offset: offsetOf(key) },
    ]
  })
  const missing = REQUIRED.filter((field) => !item.has(field))
  const wrong = FIELDS.flatMap((field): ExceptionProblem[] => {
    if (!item.has(field)) return []
    const node = item.get(field, true)
    const trouble = fieldProblem(field, isScalar(node) ? node.value : undefined)
    return trouble === undefined ? [] : [{ message: `${name}: ${field} ${trouble}`, offset: offsetOf(node) || start }]
  })
  if (missing.length === 0) return [...unknown, ...wrong]
  return [...unknown, ...wrong, { message: `${name} lacks ${missing.join(", ")}`, offset: start }]
}

function offsetOf(node: unknown): number {
  return (node as { readonly range?: readonly [number, number, number] } | null | undefined)?.range?.[0] ?? 0
}
