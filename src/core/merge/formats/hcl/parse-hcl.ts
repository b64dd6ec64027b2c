import { bodyBuilder } from "../../outline/build-body.ts"
import { RepeatedKey, Unreadable, type Body, type Entry } from "../../outline/outline.ts"
import { inlineList, parseList, skipBlanks, type ListGrammar, type ParsedList } from "../../outline/parse-list.ts"
import { canonOf, expressionEnd, restOfLine } from "./expression.ts"
import { isCommentAt, skipComment, skipToken } from "./skip.ts"

/** Reads a file of HCL. Throws `Unreadable` for what it does not understand, such as an attribute that is set twice. */
export function parseHcl(text: string): Body {
  return parseBody(text, 0, text.length, false)
}

/** Deeper than anything a person writes; what is nested deeper is not looked into. */
const DEEPEST = 40

/** Reads the lines from `start` to `end` as a body of a block, or as the entries of an object. */
function parseBody(text: string, start: number, end: number, object: boolean, depth = 0): Body {
  const builder = bodyBuilder()
  const keys = new Set<string>()
  let number = lineNumber(text, start)
  let at = start
  while (at < end) {
    const content = skipBlanks(text, at)
    let stop: number
    if (text[content] === "\n" || isCommentAt(text, content)) {
      stop = text[content] === "\n" ? content : skipComment(text, content)
      if (restOfLine(text, stop) !== "") throw new Unreadable("code behind a comment")
      stop = lineEnd(text, stop)
      for (const line of text.slice(at, stop).split("\n")) builder.trivia(line)
    } else {
      const { entry, to } = parseEntry(text, at, object, number, depth)
      if (!entry.id.startsWith("block ") || ONCE.test(entry.id)) {
        if (keys.has(entry.id)) throw new RepeatedKey(entry.id)
        keys.add(entry.id)
      }
      builder.entry(entry)
      stop = to
    }
    number += countLines(text, at, stop) + 1
    at = stop + 1
  }
  return builder.build()
}

// Blocks that Terraform refuses to have twice.
const ONCE = /^block (?:resource|data|module) \S+|^block (?:variable|output) /

// An object's key may be a string, a number or an expression in parentheses.
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy
const KEY = /[\p{ID_Continue}.-]+|"(?:\\.|[^"\\\n$%])*"|\([^()\n]*\)/uy
const LABEL = /"(?:\\.|[^"\\\n])*"|[\p{ID_Start}_][\p{ID_Continue}-]*/uy

type Read = { readonly entry: Omit<Entry, "lead">; readonly to: number }

/** Reads the entry on the line at `start`; `to` is the end of its last line. */
function parseEntry(text: string, start: number, object: boolean, line: number, depth: number): Read {
  const content = skipBlanks(text, start)
  const name = matchAt(object ? KEY : NAME, text, content)
  let at = skipBlanks(text, content + name.length)
  if ((text[at] === "=" && text[at + 1] !== "=") || (object && text[at] === ":")) {
    const from = skipBlanks(text, at + 1)
    return parseAttribute(text, start, from, object, `key ${name.replace(/^"(.*)"$/, "$1")}`, line, depth)
  }
  if (object) throw new Unreadable("an object's entry without a value")
  const labels = [name]
  while (text[at] !== "{") {
    const label = matchAt(LABEL, text, at)
    labels.push(label.replace(/^"(.*)"$/, "$1"))
    at = skipBlanks(text, at + label.length)
  }
  const id = `block ${labels.join(" ")}`
  const inside = parseBraces(text, start, at, false, id, line, depth)
  if (inside !== undefined) return { ...inside, entry: { ...inside.entry, ...aliasOf(inside.entry.body!) } }
  return leaf(text, start, at, skipToken(text, at), id, line)
}

function parseAttribute(
  text: string,
  start: number,
  from: number,
  object: boolean,
  id: string,
  line: number,
  depth: number,
): Read {
  const end = expressionEnd(text, from, object)
  if (end === from) throw new Unreadable("no value")
  const whole = text[from] === "{" || text[from] === "[" ? skipToken(text, from) === end : false
  if (whole && text[from] === "{") {
    const inside = parseBraces(text, start, from, true, id, line, depth)
    if (inside !== undefined) return inside
  }
  const read = leaf(text, start, from, end, id, line)
  if (whole && text[from] === "{") {
    const entries = inlineObject(text, from, end)
    return entries === undefined
      ? read
      : { ...read, entry: { ...read.entry, list: entries.value, canon: entries.canon } }
  }
  if (!whole || text[from] !== "[" || /^\[\s*for\b/.test(text.slice(from, end))) return read
  const list = parseList(text, from, end, line, LISTS)
  if (list === undefined) return read
  if (list.body === undefined) return { ...read, entry: { ...read.entry, list: list.value, canon: list.canon } }
  const { body, value, canon } = list
  const close = text.slice(text.lastIndexOf("\n", end - 1) + 1, read.to)
  const head = { before: text.slice(start, from + 1), value: "", after: text.slice(from + 1, text.indexOf("\n", from)) }
  return { entry: { id, ...head, canon, body, close, list: value, line }, to: read.to }
}

/** What is between the brace at `open` and its partner, when both brackets end their lines; else undefined. */
function parseBraces(
  text: string,
  start: number,
  open: number,
  object: boolean,
  id: string,
  line: number,
  depth: number,
): Read | undefined {
  const behind = skipToken(text, open)
  const last = text.lastIndexOf("\n", behind - 1) + 1
  const rest = restOfLine(text, open + 1)
  if (last <= open || rest !== "" || text.slice(last, behind - 1).trim() !== "" || depth > DEEPEST) return undefined
  const first = lineEnd(text, open)
  if (object && /^\s*for\b/.test(text.slice(first, last))) return undefined
  const to = lineEnd(text, behind)
  if (restOfLine(text, behind, object) !== "") throw new Unreadable("code behind a bracket")
  try {
    const body = parseBody(text, first + 1, last, object, depth + 1)
    const head = { before: text.slice(start, open + 1), value: "", after: text.slice(open + 1, first) }
    return { entry: { id, ...head, canon: "{}", body, close: text.slice(last, to), line }, to }
  } catch (error) {
    if (!object || error instanceof RepeatedKey || !(error instanceof Unreadable)) throw error
    return undefined
  }
}

function leaf(text: string, start: number, from: number, end: number, id: string, line: number): Read {
  if (restOfLine(text, end, true) !== "") throw new Unreadable("code behind a value")
  const to = lineEnd(text, end)
  const value = text.slice(from, end)
  const entry = { id, before: text.slice(start, from), value, after: text.slice(end, to), canon: canonOf(value), line }
  return { entry, to }
}

const LISTS: ListGrammar = {
  itemEnd: (text, at) => expressionEnd(text, at, true),
  // Inline comments may span lines; a list with such a one is left whole.
  isComment: (text, at) => isCommentAt(text, at) && !text.startsWith("/*", at),
  restOfLine: (text, at) => restOfLine(text, at, true),
  item: (text) => ({ id: canonOf(text), text, canon: canonOf(text) }),
}

/** An object on one line, its entries told apart by their keys. */
function inlineObject(text: string, start: number, end: number): ParsedList | undefined {
  const written = text.slice(start, end)
  return written.includes("\n") || /^\{\s*for\b/.test(written) ? undefined : inlineList(text, start, end, ENTRIES)
}

const ENTRY = new RegExp(`^(${KEY.source})\\s*[=:]\\s*(?=[^=\\s])`, "u")

const ENTRIES: ListGrammar = {
  ...LISTS,
  item: (text) => {
    const [head, key] = ENTRY.exec(text) ?? [text, text]
    const id = key!.replace(/^"(.*)"$/, "$1")
    return { id, text, canon: `${id} = ${canonOf(text.slice(head.length))}` }
  },
}

/** What tells unlabelled blocks of one type apart. */
function aliasOf({ entries }: Body): { readonly alias?: string } {
  const named = ["alias", "name", "key", "id", "sid"]
    .map((name) => entries.find(({ id, value }) => id === `key ${name}` && value !== ""))
    .find((entry) => entry !== undefined)
  return named === undefined ? {} : { alias: `${named.id}=${named.canon}` }
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  const sticky = new RegExp(pattern)
  sticky.lastIndex = at
  const found = sticky.exec(text)?.[0]
  if (found === undefined) throw new Unreadable(`unexpected ${text.slice(at, at + 20)}`)
  return found
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at)
  return end < 0 ? text.length : end
}

function lineNumber(text: string, at: number): number {
  return countLines(text, 0, at) + 1
}

function countLines(text: string, start: number, end: number): number {
  let count = 0
  for (let at = text.indexOf("\n", start); at >= 0 && at < end; at = text.indexOf("\n", at + 1)) count++
  return count
}
