import type { ListRule } from "../../../model/template.ts"
import { Unreadable } from "../../outline/outline.ts"
import type { ListGrammar } from "../../outline/parse-list.ts"
import { inlineList, skipBlanks, type ParsedList } from "../../outline/parse-list.ts"
import { splitRequirement } from "../lines/requirement-name.ts"
import { canonOf, readKey, restOfLine, valueEnd } from "./toml-values.ts"

// Lists of Python packages (PEP 518, 621, 735; uv, pdm, hatch).
const PACKAGES =
  /^(?:project\/(?:dependencies|optional-dependencies\/.*)|dependency-groups\/.*|build-system\/requires|.*dependencies)$/

/**
 * How the items of the list at `path` are read and told apart: tables by the `key` that the template names, packages by
 * their name, others by their value.
 */
export function listGrammarOf(path: readonly string[], key?: ListRule["key"]): ListGrammar {
  const packages = PACKAGES.test(path.join("/"))
  return {
    itemEnd: (text, at) => (/[\],#\n]/.test(text[at] ?? "\n") ? at : valueEnd(text, at)),
    isComment: (text, at) => text[skipBlanks(text, at)] === "#",
    restOfLine: (text, at) => restOfLine(text, at, true),
    item: (text) => {
      const canon = canonOf(text)
      const named = key && namedBy(key, inlineTable(text))
      return { id: named ?? (packages ? packageId(canon) : canon), text, canon }
    },
  }
}

/** The name that one key gives, or several together; undefined where one is missing. */
export function namedBy(key: string | readonly string[], values: ReadonlyMap<string, string>): string | undefined {
  const keys = typeof key === "string" ? [key] : key
  if (!keys.every((each) => values.has(each))) return undefined
  return keys.map((each) => `${each}=${values.get(each)}`).join(",")
}

/** The values of `{ a = 1, b = "x" }`; none for another value. */
function inlineTable(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  if (!text.startsWith("{")) return values
  for (let at = skipBlanks(text, 1); text[at] !== "}" && text[at] !== undefined; at = skipBlanks(text, at)) {
    const { parts, end } = readKey(text, at)
    const from = skipBlanks(text, skipBlanks(text, end) + 1)
    const stop = valueEnd(text, from)
    values.set(parts.join("."), canonOf(text.slice(from, stop)))
    at = skipBlanks(text, stop)
    if (text[at] === ",") at++
  }
  return values
}

/** A package may be there once for each marker. */
function packageId(canon: string): string {
  const content = /^"(.*)"$|^'(.*)'$/.exec(canon)
  if (content === null) return canon
  const { id, rest } = splitRequirement(content[1] ?? content[2]!)
  return rest === "" ? id : id + (/;.*$/.exec(rest)?.[0] ?? "").replace(/\s+/g, "")
}

/** An inline table, its entries told apart by their keys. */
export function parseInlineTable(text: string, start: number, end: number): ParsedList | undefined {
  return text[start] === "{" && !text.slice(start, end).includes("\n")
    ? inlineList(text, start, end, ENTRIES)
    : undefined
}

const ENTRIES: ListGrammar = {
  itemEnd: (text, at) => (text[at] === "}" ? at : valueEnd(text, valueStart(text, at))),
  isComment: () => false,
  restOfLine,
  item: (text) => ({
    id: JSON.stringify(readKey(text, 0).parts),
    text,
    canon: `${JSON.stringify(readKey(text, 0).parts)} = ${canonOf(text.slice(valueStart(text, 0)))}`,
  }),
}

function valueStart(text: string, key: number): number {
  const equals = skipBlanks(text, readKey(text, key).end)
  if (text[equals] !== "=") throw new Unreadable("a key without a value")
  return skipBlanks(text, equals + 1)
}
