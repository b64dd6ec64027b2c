import { Unreadable } from "../../outline/outline.ts"
import { skipBlanks } from "../../outline/parse-list.ts"

const BARE = /[A-Za-z0-9_-]+/y

/** Reads the (dotted) key at `start`. */
export function readKey(text: string, start: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = []
  for (let at = start; ;) {
    if (text[at] === '"' || text[at] === "'") {
      const end = stringEnd(text, at)
      if (text.startsWith(text[at]!.repeat(3), at)) throw new Unreadable("a key of several lines")
      parts.push(text.slice(at + 1, end - 1))
      at = end
    } else {
      BARE.lastIndex = at
      const bare = BARE.exec(text)?.[0]
      if (bare === undefined) throw new Unreadable("no key")
      parts.push(bare)
      at += bare.length
    }
    const dot = skipBlanks(text, at)
    if (text[dot] !== ".") return { parts, end: at }
    at = skipBlanks(text, dot + 1)
  }
}

/** Where the value at `start` ends. Brackets are held in a list, so that no value is too deep. */
export function valueEnd(text: string, start: number): number {
  const open: string[] = []
  let at = start
  for (;;) {
    const sign = text[at]
    if (sign === undefined) throw new Unreadable("a value without an end")
    if (sign === '"' || sign === "'") at = stringEnd(text, at)
    else if (sign === "[" || sign === "{") {
      open.push(sign === "[" ? "]" : "}")
      at++
    } else if (sign === "]" || sign === "}") {
      if (open.pop() !== sign) throw new Unreadable(`unexpected ${sign}`)
      at++
    } else if (open.length === 0) at = plainEnd(text, at)
    else if (sign === "#") at = text.indexOf("\n", at)
    else at++
    if (open.length === 0) return at
  }
}

/** The end of a number, a date or a boolean. */
function plainEnd(text: string, start: number): number {
  const plain = /[A-Za-z0-9_+.:-]+(?: \d\d:[\d:.]+(?:Z|[+-][\d:]+)?)?/y
  plain.lastIndex = start
  const found = plain.exec(text)?.[0]
  if (found === undefined) throw new Unreadable("no value")
  return start + found.length
}

function stringEnd(text: string, start: number): number {
  const quote = text[start]!
  const long = text.startsWith(quote.repeat(3), start)
  const closing = long ? quote.repeat(3) : quote
  for (let at = start + closing.length; at < text.length; at++) {
    if (quote === '"' && text[at] === "\\") at++
    else if (text.startsWith(closing, at)) {
      let end = at + closing.length
      // Up to two more quotes in front of the closing ones are text.
      while (long && end < at + 5 && text[end] === quote) end++
      return end
    } else if (!long && text[at] === "\n") break
  }
  throw new Unreadable("a string without an end")
}

/** What stands between `at` and the end of the line besides blanks, a comment and, where asked for, one comma. */
export function restOfLine(text: string, start: number, comma = false): string {
  let at = skipBlanks(text, start)
  if (comma && text[at] === ",") at = skipBlanks(text, at + 1)
  return text[at] === "#" ? "" : text.slice(at, text.indexOf("\n", at))
}

/** A value with blanks made alike outside of strings; a plain string means the same in either kind of quotes. */
export function canonOf(value: string): string {
  if (value.includes('"""') || value.includes("'''")) return value
  return value.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\s+/g, (whole, basic?: string, literal?: string) => {
    const content = basic ?? literal
    if (content === undefined) return " "
    return /[\\"']/.test(content) ? whole : `"${content}"`
  })
}
