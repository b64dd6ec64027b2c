import { bodyBuilder } from "../../outline/build-body.ts"
import { RepeatedKey, Unreadable, type Body } from "../../outline/outline.ts"
import { linesOf } from "../../text/lines.ts"

const KINDS = "macro|test|data_test|snapshot|materialization|docs"
const START = new RegExp(`\\{%[-+]?\\s*(${KINDS})\\s+(\\w+)(?:\\s*,([^%]*))?`)
const TAGS = new RegExp(`\\{%[-+]?\\s*(?:end)?(?:${KINDS})\\b`, "g")
const END = new RegExp(`\\{%[-+]?\\s*end(?:${KINDS})\\b`)
const NO_CODE = /\{#|\{%[-+]?\s*raw\s*[-+]?%\}/g
const END_OF_RAW = /\{%[-+]?\s*endraw/

/** Cuts SQL at the named blocks of dbt, macros above all; what stands between them is text, or comments of the next. */
export function parseSql(text: string): Body {
  const builder = bodyBuilder()
  const lines = linesOf(text)
  // Tags in comments and raw text are none. Line ends stay, so that line numbers do.
  const code = linesOf(codeOf(text))
  const names = new Set<string>()
  let open: { readonly id: string; readonly from: number } | undefined
  const close = (end: number): void => {
    if (open === undefined) return
    const value = lines.slice(open.from, end).join("\n")
    builder.entry({ id: open.id, before: "", value, after: "", canon: value, line: open.from + 1 })
    open = undefined
  }
  lines.forEach((_, index) => {
    const line = code[index]!
    const tags = line.match(TAGS)?.length ?? 0
    const id = startOf(line)
    if (id !== undefined) {
      if (isBlock(open)) throw new Unreadable("a block in a block")
      if (names.has(id)) throw new RepeatedKey(id)
      names.add(id)
      close(index)
      open = { id, from: index }
    }
    const ends = END.test(line)
    if (tags !== (id === undefined ? 0 : 1) + (ends ? 1 : 0) || (ends && !isBlock(open)))
      throw new Unreadable("blocks that share a line, or do not match")
    if (ends) return close(index + 1)
    if (isBlock(open)) return
    if (isTrivia(line)) {
      close(index)
      builder.trivia(lines[index]!)
    } else open ??= { id: "", from: index }
  })
  if (isBlock(open)) throw new Unreadable("a block without an end")
  close(lines.length)
  return builder.build()
}

/** The text with blanks in place of comments and raw parts. */
function codeOf(text: string): string {
  const parts: string[] = []
  let at = 0
  for (const start of text.matchAll(NO_CODE)) {
    if (start.index < at) continue
    const from = start.index + start[0].length
    const end = text.slice(from).search(start[0] === "{#" ? /#\}/ : END_OF_RAW)
    if (end < 0) throw new Unreadable("a comment or raw part without an end")
    parts.push(text.slice(at, from), text.slice(from, from + end).replace(/[^\n]/g, " "))
    at = from + end
  }
  return parts.join("") + text.slice(at)
}

function isBlock(open: { readonly id: string } | undefined): boolean {
  return open !== undefined && open.id !== ""
}

function isTrivia(code: string): boolean {
  return /^\s*(?:--.*)?$/.test(code)
}

/** A materialization has a name for each adapter. */
function startOf(line: string): string | undefined {
  const start = START.exec(line)
  return start === null ? undefined : [start[1], start[2], start[3]?.replace(/\s+/g, "") ?? ""].join(" ").trimEnd()
}
