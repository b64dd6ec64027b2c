import { skipBlanks } from "../../outline/parse-list.ts"
import { isCommentAt, skipComment, skipToken } from "./skip.ts"

/** Where the expression at `start` ends: on its line, unless a bracket or a heredoc goes on; in an object at a comma. */
export function expressionEnd(text: string, start: number, comma: boolean): number {
  let at = start
  let end = start
  for (;;) {
    at = skipBlanks(text, at)
    const sign = text[at]
    if (sign === undefined || sign === "\n" || (comma && sign === ",") || isCommentAt(text, at)) return end
    if (sign === "}" || sign === "]" || sign === ")") return end
    at = skipToken(text, at)
    end = at
  }
}

/** What is written between `at` and the end of the line besides blanks, comments and, where asked for, a comma. */
export function restOfLine(text: string, start: number, comma = false): string {
  let at = skipBlanks(text, start)
  if (comma && text[at] === ",") at = skipBlanks(text, at + 1)
  while (text.startsWith("/*", at)) {
    const end = skipComment(text, at)
    if (text.slice(at, end).includes("\n")) return text.slice(at, end)
    at = skipBlanks(text, end)
  }
  const newline = text.indexOf("\n", at)
  const rest = text.slice(at, newline < 0 ? text.length : newline)
  return isCommentAt(text, at) ? "" : rest
}

/** The expression with blanks made alike outside of strings. A heredoc stays as it is: in it blanks count. */
export function canonOf(expression: string): string {
  if (expression.includes("<<")) return expression
  return expression.replace(/("(?:\\.|[^"\\])*")|\s+/g, (_, quoted: string | undefined) => quoted ?? " ").trim()
}
