import type { Document, LineCounter, YAMLError } from "yaml"
import type { Position } from "./model/diagnostic.ts"

/** What a YAML parser has against a text, in words of people. */
export interface YamlProblem {
  readonly message: string
  readonly position: Position
  readonly hint: string
}

/** Keys that are there twice, all of them; of other errors the first only, since the rest follows from it. */
export function yamlProblems(document: Document.Parsed | Document, text: string, lines: LineCounter): YamlProblem[] {
  const twice = document.errors.filter(({ code }) => code === "DUPLICATE_KEY")
  const [other] = document.errors.filter(({ code }) => code !== "DUPLICATE_KEY")
  return [...twice, ...(other ? [other] : [])].map((error) => {
    const { line, col } = lines.linePos(error.pos[0])
    return { ...wordsFor(error, text), position: { line, column: col } }
  })
}

const OTHERS: readonly (readonly [pattern: RegExp, message: string, hint: string])[] = [
  [/end with a [\]}]/, "has a bracket that is not closed", "close it"],
  [/Missing closing .*quote/, "has a quote that is not closed", "close it"],
  [/need to be followed by map values/, "is a key without a : behind it", "write `key: value`"],
  [/^Maximum call stack/, "is nested too deeply", "split it"],
]

function wordsFor({ code, message, pos }: YAMLError, text: string): Pick<YamlProblem, "message" | "hint"> {
  const at = text.slice(pos[0])
  if (/^(<{7}|={7}|>{7})/.test(at))
    return {
      message: "holds conflict markers of an unfinished merge",
      hint: "keep what is right, and remove the markers",
    }
  switch (code) {
    case "DUPLICATE_KEY":
      return { message: `the key ${/^[^\s:]*/.exec(at)?.[0] ?? ""} is there twice`, hint: "keep one of them" }
    case "TAB_AS_INDENT":
      return { message: "is indented with a tab", hint: "indent with blanks" }
    case "BAD_SCALAR_START":
      return { message: `a text cannot begin with ${at.slice(0, 1)}`, hint: "put the text in quotes" }
    case "BAD_ALIAS":
      return { message: "names an anchor that is not there", hint: "put the text in quotes, if it is one" }
    case "BLOCK_AS_IMPLICIT_KEY":
      return { message: "has a second : in one line", hint: "put the text in quotes" }
    default:
      for (const [pattern, words, hint] of OTHERS) if (pattern.test(message)) return { message: words, hint }
      return {
        message: `is no YAML: ${message}`,
        hint: "look at the brackets, quotes and indentation here and above; a text with : or # in it needs quotes",
      }
  }
}
