import { isMap, isScalar, isSeq, parseDocument, type Document, type YAMLMap, type YAMLSeq } from "yaml"
import { type Diagnostic, MeshwrightError, problem } from "../model/diagnostic.ts"
import type { LockException } from "../model/exception.ts"
import { yamlValue } from "../render/quote.ts"
import { fieldProblem } from "./parse-exceptions.ts"

/** The fields of an exception, in the order in which they are written and asked for. */
const EXCEPTION_FIELDS = ["path", "key", "reason", "approved_by", "until"] as const
type Field = (typeof EXCEPTION_FIELDS)[number]
type NewException = Omit<LockException, "position">

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What is wrong with one field of a new exception, for whoever asks for it; undefined when nothing is. */
export function newExceptionProblem(field: Field, value: unknown, today: string): string | undefined {
  if (field === "key" && (value === undefined || value === "")) return undefined
  const wrong = fieldProblem(field, value)
  if (wrong !== undefined) return wrong
  return field === "until" && (value as string) < today ? `is ${String(value)}, which is over` : undefined
}

/**
 * meshwright.yml with one exception more, in the style of those that are there; everything else keeps its bytes. One for
 * the same path and key gets the new reason, approval and date. An empty key is none.
 * @param text meshwright.yml, as parseProjectFile accepts it
 * @param today no exception can be over before it is written
 * Throws a MeshwrightError of kind `usage` with everything that is wrong with the exception.
 */
export function addException(text: string, exception: NewException, today: string): string {
  const wrong = EXCEPTION_FIELDS.flatMap((field): Diagnostic[] => {
    const trouble = newExceptionProblem(field, exception[field], today)
    return trouble === undefined ? [] : [problem("exception", `${field} ${trouble}`)]
  })
  if (wrong.length > 0) throw new MeshwrightError(wrong, "usage")
  const document = parseDocument(text, { logLevel: "error" })
  const list = document.get("exceptions", true)
  const known = isSeq(list) ? list.items.find((item) => isSame(item, exception)) : undefined
  const edits = isMap(known) ? changed(known, exception) : [added(document, list, text, exception)]
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((rest, { start, end, text: put }) => {
      return rest.slice(0, start) + put + rest.slice(end)
    }, text)
}

function isSame(item: unknown, { path, key }: NewException): boolean {
  return isMap(item) && item.get("path") === path && (item.get("key") ?? "") === (key ?? "")
}

/** The values that are others now, each in its place. */
function changed(item: YAMLMap, exception: NewException): readonly Edit[] {
  return (["reason", "approved_by", "until"] as const).flatMap((field): Edit[] => {
    const node = item.get(field, true)
    if (!isScalar(node) || !node.range || node.value === exception[field]) return []
    // A block text ends behind its line end.
    const isBlock = node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL"
    return [{ start: node.range[0], end: node.range[1], text: valueOf(field, exception) + (isBlock ? "\n" : "") }]
  })
}

function added(document: Document, list: unknown, text: string, exception: NewException): Edit {
  const eol = text.includes("\r\n") ? "\r\n" : "\n"
  if (isSeq(list) && list.range && list.items.length > 0) {
    return list.flow === true ? intoBrackets(list, exception) : behindLast(list, text, exception, eol)
  }
  const lines = `  - ${fieldsOf(exception).join(`${eol}    `)}`
  const key = isMap(document.contents)
    ? document.contents.items.find(({ key: name }) => isScalar(name) && name.value === "exceptions")?.key
    : undefined
  if (isScalar(key) && key.range) {
    const value = list as { readonly range?: readonly [number, number, number] } | undefined
    const isWritten = isSeq(list) || (isScalar(list) && list.source !== undefined && list.source !== "")
    if (isWritten && value?.range)
      return { start: text.indexOf(":", key.range[1]) + 1, end: value.range[1], text: eol + lines }
    // Nothing, or a comment, is behind it on its line.
    const newline = text.indexOf(eol, key.range[1])
    const end = newline < 0 ? text.length : newline
    return { start: end, end, text: eol + lines }
  }
  const gap = text === "" || text.endsWith("\n") ? "" : eol
  return { start: text.length, end: text.length, text: `${gap}exceptions:${eol}${lines}${eol}` }
}

function intoBrackets(list: YAMLSeq, exception: NewException): Edit {
  const last = list.items.at(-1) as { readonly range?: readonly [number, number, number] }
  const end = last.range?.[1] ?? list.range![0] + 1
  return { start: end, end, text: `, ${inBraces(exception)}` }
}

/** A new item behind the last one, written as that one is. */
function behindLast(list: YAMLSeq, text: string, exception: NewException, eol: string): Edit {
  const last = list.items.at(-1)
  const range = (last as { readonly range?: readonly [number, number, number] } | undefined)?.range ?? list.range!
  const dash = text.lastIndexOf("-", range[0] - 1)
  const indent = text.slice(text.lastIndexOf("\n", dash - 1) + 1, dash)
  const gap = text.slice(dash + 1, range[0]).includes("\n") ? " " : text.slice(dash + 1, range[0])
  const item =
    isMap(last) && last.flow === true
      ? inBraces(exception)
      : fieldsOf(exception).join(eol + indent + " " + " ".repeat(gap.length))
  const written = text.slice(0, range[1]).trimEnd().length
  const newline = text.indexOf("\n", written)
  const line = `${indent}-${gap}${item}${eol}`
  return newline < 0
    ? { start: text.length, end: text.length, text: eol + line }
    : { start: newline + 1, end: newline + 1, text: line }
}

function inBraces(exception: NewException): string {
  return `{ ${fieldsOf(exception).join(", ")} }`
}

function fieldsOf(exception: NewException): readonly string[] {
  const given = EXCEPTION_FIELDS.filter((field) => exception[field] !== undefined && exception[field] !== "")
  return given.map((field) => `${field}: ${valueOf(field, exception)}`)
}

/** A day is written as it is read: without quotes. */
function valueOf(field: Field, exception: NewException): string {
  return field === "until" ? exception.until : yamlValue(exception[field])
}
