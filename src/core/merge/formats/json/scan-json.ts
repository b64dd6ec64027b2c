import { Unreadable } from "../../structure/model.ts"

export interface Token {
  readonly kind: "{" | "}" | "[" | "]" | "," | ":" | "string" | "word" | "end"
  readonly start: number
  readonly end: number
}

const BLANK = /(?:[ \t\n\r\uFEFF]+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
// Unrolled, so that a string without an end does not cost more than its length.
const STRING = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null)\b/y

/** The tokens of a JSON text, comments left out, with an "end" as the last. Throws Unreadable. */
export function scanJson(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = skip(text, 0); at < text.length;) {
    const char = text[at]!
    const end = "{}[],:".includes(char) ? at + 1 : matchAt(char === '"' ? STRING : WORD, text, at)
    const kind = "{}[],:".includes(char) ? (char as Token["kind"]) : char === '"' ? "string" : "word"
    tokens.push({ kind, start: at, end })
    at = skip(text, end)
  }
  tokens.push({ kind: "end", start: text.length, end: text.length })
  return tokens
}

function skip(text: string, at: number): number {
  BLANK.lastIndex = at
  BLANK.exec(text)
  return BLANK.lastIndex
}

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  if (pattern.exec(text) === null) throw new Unreadable(`no JSON at ${at}`)
  return pattern.lastIndex
}
