import { linesOf } from "../text/lines.ts"
import { bodyBuilder } from "./build-body.ts"
import type { Body, ListItem, ListValue } from "./outline.ts"

/** What differs between languages, and between lists and the objects that are written on one line. */
export interface ListGrammar {
  /** Where the item at `start` ends; `start` where there is none. */
  itemEnd(text: string, start: number): number
  isComment(text: string, at: number): boolean
  /** What stands between `at` and the end of the line besides blanks, one comma and comments. */
  restOfLine(text: string, at: number): string
  item(text: string): ListItem
}

export interface ParsedList {
  readonly value: ListValue
  readonly canon: string
  /** Where each item starts its own line. */
  readonly body?: Body
}

/** Takes apart the list from the bracket at `start` to behind its partner at `end`; undefined for other than plain lists. */
export function parseList(
  text: string,
  start: number,
  end: number,
  line: number,
  grammar: ListGrammar,
): ParsedList | undefined {
  return text.slice(start, end).includes("\n")
    ? listOfLines(text, start, end, line, grammar)
    : inlineList(text, start, end, grammar)
}

/** A list, or the entries of an object, on one line. */
export function inlineList(text: string, start: number, end: number, grammar: ListGrammar): ParsedList | undefined {
  const items: ListItem[] = []
  const first = skipBlanks(text, start + 1)
  let at = first
  let last = first
  let separator: string | undefined
  while (at < end - 1) {
    last = grammar.itemEnd(text, at)
    if (last === at || grammar.isComment(text, skipBlanks(text, last))) return undefined
    items.push(grammar.item(text.slice(at, last)))
    at = skipBlanks(text, last)
    if (text[at] !== ",") break
    at = skipBlanks(text, at + 1)
    if (at < end - 1) separator ??= text.slice(last, at)
  }
  if (skipBlanks(text, at) !== end - 1) return undefined
  const open = items.length === 0 ? text[start]! : text.slice(start, first)
  const close = items.length === 0 ? text[end - 1]! : text.slice(last, end)
  const value = {
    layout: "inline" as const,
    items,
    open,
    separator: separator ?? ", ",
    close,
    trailing: true,
    comma: true,
  }
  return { value, canon: canonOfItems(items) }
}

function listOfLines(
  text: string,
  start: number,
  end: number,
  line: number,
  grammar: ListGrammar,
): ParsedList | undefined {
  const closing = text.lastIndexOf("\n", end - 1) + 1
  const firstLine = text.indexOf("\n", start)
  if (grammar.restOfLine(text, start + 1) !== "" || text.slice(closing, end - 1).trim() !== "") return undefined
  const builder = bodyBuilder()
  const items: ListItem[] = []
  let trailing = true
  let number = line + 1
  for (let at = firstLine + 1; at < closing;) {
    const content = skipBlanks(text, at)
    let stop = text.indexOf("\n", content)
    if (content === stop || grammar.isComment(text, content)) {
      builder.trivia(text.slice(at, stop))
    } else {
      const last = grammar.itemEnd(text, content)
      const comma = skipBlanks(text, last)
      if (last === content || !trailing || grammar.restOfLine(text, last) !== "") return undefined
      trailing = text[comma] === ","
      stop = text.indexOf("\n", last)
      const item = grammar.item(text.slice(content, last))
      items.push(item)
      const after = (trailing ? "" : ",") + text.slice(last, stop)
      builder.entry({ ...item, before: text.slice(at, content), value: item.text, after, line: number })
    }
    number += linesOf(text.slice(at, stop)).length || 1
    at = stop + 1
  }
  const value = { layout: "lines" as const, items, open: "[", separator: ", ", close: "]", trailing, comma: true }
  return { value, canon: canonOfItems(items), body: builder.build() }
}

export function skipBlanks(text: string, start: number): number {
  let at = start
  while (text[at] === " " || text[at] === "\t") at++
  return at
}

export function canonOfItems(items: readonly ListItem[]): string {
  return `[${items.map(({ canon }) => canon).join(", ")}]`
}
