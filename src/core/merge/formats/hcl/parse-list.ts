import { bodyBuilder } from "../../outline/build-body.ts"
import type { Body, ListItem, ListValue } from "../../outline/outline.ts"
import { linesOf } from "../../text/lines.ts"
import { canonOf, expressionEnd, restOfLine } from "./expression.ts"
import { isCommentAt, skipBlanks } from "./skip.ts"

export interface ParsedList {
  readonly value: ListValue
  readonly canon: string
  /** Where each item starts its own line. */
  readonly body?: Body
}

/** Takes apart the list from `[` at `start` to behind its `]` at `end`; undefined for other than plain lists. */
export function parseList(text: string, start: number, end: number, line: number): ParsedList | undefined {
  if (/^\[\s*for\b/.test(text.slice(start, end))) return undefined
  return text.slice(start, end).includes("\n") ? listOfLines(text, start, end, line) : inlineList(text, start, end)
}

function inlineList(text: string, start: number, end: number): ParsedList | undefined {
  const items: ListItem[] = []
  const first = skipBlanks(text, start + 1)
  let at = first
  let last = first
  let separator: string | undefined
  while (at < end - 1) {
    last = expressionEnd(text, at, true)
    if (last === at || isCommentAt(text, skipBlanks(text, last))) return undefined
    items.push(itemOf(text.slice(at, last)))
    at = skipBlanks(text, last)
    if (text[at] !== ",") break
    at = skipBlanks(text, at + 1)
    if (at < end - 1) separator ??= text.slice(last, at)
  }
  if (skipBlanks(text, at) !== end - 1) return undefined
  const open = items.length === 0 ? "[" : text.slice(start, first)
  const close = items.length === 0 ? "]" : text.slice(last, end)
  const value = { layout: "inline" as const, items, open, separator: separator ?? ", ", close, trailing: true }
  return { value, canon: canonOfItems(items) }
}

function listOfLines(text: string, start: number, end: number, line: number): ParsedList | undefined {
  const closing = text.lastIndexOf("\n", end - 1) + 1
  const firstLine = text.indexOf("\n", start)
  if (restOfLine(text, start + 1) !== "" || text.slice(closing, end - 1).trim() !== "") return undefined
  const builder = bodyBuilder()
  const items: ListItem[] = []
  let trailing = true
  let number = line + 1
  for (let at = firstLine + 1; at < closing;) {
    const content = skipBlanks(text, at)
    let stop = text.indexOf("\n", content)
    if (content === stop || text[content] === "#" || text.startsWith("//", content)) {
      builder.trivia(text.slice(at, stop))
    } else {
      const last = expressionEnd(text, content, true)
      const comma = skipBlanks(text, last)
      if (last === content || !trailing || restOfLine(text, last, true) !== "") return undefined
      trailing = text[comma] === ","
      stop = text.indexOf("\n", last)
      const item = itemOf(text.slice(content, last))
      items.push(item)
      const after = (trailing ? "" : ",") + text.slice(last, stop)
      builder.entry({ ...item, before: text.slice(at, content), value: item.text, after, line: number })
    }
    number += linesOf(text.slice(at, stop)).length || 1
    at = stop + 1
  }
  const value = { layout: "lines" as const, items, open: "[", separator: ", ", close: "]", trailing }
  return { value, canon: canonOfItems(items), body: builder.build() }
}

function itemOf(text: string): ListItem {
  const canon = canonOf(text)
  return { id: canon, text, canon }
}

function canonOfItems(items: readonly ListItem[]): string {
  return `[${items.map(({ canon }) => canon).join(", ")}]`
}
