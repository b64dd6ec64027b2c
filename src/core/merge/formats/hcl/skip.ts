import { Unreadable } from "../../outline/outline.ts"

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" }

/** Whether a comment starts at `at`: `#`, `//` or `/*`. */
export function isCommentAt(text: string, at: number): boolean {
  return text[at] === "#" || text.startsWith("//", at) || text.startsWith("/*", at)
}

/** Where the comment at `at` ends, in front of the newline of a line comment. */
export function skipComment(text: string, at: number): number {
  const inline = text.startsWith("/*", at)
  const end = text.indexOf(inline ? "*/" : "\n", at + (inline ? 2 : 0))
  if (end < 0) throw new Unreadable("a comment without an end")
  return inline ? end + 2 : end
}

/**
 * Where the piece of an expression at `at` ends: a string, a heredoc, a bracket with all that is in it, or one
 * character. A list instead of recursion holds the open brackets, so that no file is too deep.
 */
export function skipToken(text: string, start: number): number {
  const open: string[] = []
  let at = start
  do {
    at = open.at(-1) === '"' ? stepInString(text, at, open) : stepInCode(text, at, open)
  } while (open.length > 0)
  return at
}

function stepInCode(text: string, at: number, open: string[]): number {
  const sign = text[at]
  if (sign === undefined) throw new Unreadable("a bracket without an end")
  if (isCommentAt(text, at)) return skipComment(text, at)
  if (sign === "<" && text[at + 1] === "<") return skipHeredoc(text, at) ?? at + 2
  if (sign === '"') open.push('"')
  const closing = CLOSING[sign]
  if (closing !== undefined) open.push(closing)
  else if (sign === "}" || sign === "]" || sign === ")") {
    if (open.pop() !== sign) throw new Unreadable(`unexpected ${sign}`)
  }
  return at + 1
}

function stepInString(text: string, at: number, open: string[]): number {
  const sign = text[at]
  if (sign === undefined || sign === "\n") throw new Unreadable("a string without an end")
  if (sign === "\\") return at + 2
  if (sign === '"') open.pop()
  else if ((sign === "$" || sign === "%") && text[at + 1] === sign && text[at + 2] === "{") return at + 3
  else if ((sign === "$" || sign === "%") && text[at + 1] === "{") {
    open.push("}")
    return at + 2
  }
  return at + 1
}

const HEREDOC = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\n/uy

function skipHeredoc(text: string, at: number): number | undefined {
  HEREDOC.lastIndex = at
  const head = HEREDOC.exec(text)
  if (head === null) return undefined
  for (let line = at + head[0].length; line < text.length;) {
    const end = text.indexOf("\n", line)
    const stop = end < 0 ? text.length : end
    if (text.slice(line, stop).trim() === head[1]) return stop
    line = stop + 1
  }
  throw new Unreadable("a heredoc without an end")
}
