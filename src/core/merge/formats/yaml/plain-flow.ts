import { finishNode, indentOf, newItem } from "../../structure/layout.ts"
import type { Item, Node } from "../../structure/model.ts"
import { layDelim } from "../../structure/trivia.ts"
import { Beyond, keyName, plainNode, quotedNode, quoteEnd, startsPlain } from "./plain-scalars.ts"

const DEEPEST = 20

/** The flow collection at `start`, which has to end on the same line and to have a value for every key. */
export function flowNode(text: string, start: number, depth = 0): Node {
  if (depth > DEEPEST) throw new Beyond()
  const isMap = text[start] === "{"
  const close = isMap ? "}" : "]"
  const items: Item[] = []
  const names = new Set<string>()
  let at = skipSpaces(text, start + 1)
  while (text[at] !== close || items.length > 0) {
    const item = isMap ? mapItem(text, at, depth) : listItem(text, at, depth)
    if (item.key !== null && names.has(item.key)) throw new Beyond()
    if (item.key !== null) names.add(item.key)
    items.push(item)
    at = skipSpaces(text, item.node.end)
    if (text[at] === close) break
    if (text[at] !== ",") throw new Beyond()
    at = skipSpaces(text, at + 1)
  }
  const kind = isMap ? "map" : "seq"
  const indent = indentOf(text, start)
  const node: Node = { kind, layout: "delim", start, end: at + 1, items, indent, canon: "", props: "" }
  layDelim(node)
  return finishNode(node)
}

function mapItem(text: string, start: number, depth: number): Item {
  const end = isQuote(text[start]) ? quoteEnd(text, start) : plainEnd(text, start)
  if (text[end] !== ":" || text[end + 1] !== " ") throw new Beyond()
  const name = keyName(text, start, end)
  return newItem(name, [start, end], valueAt(text, skipSpaces(text, end + 1), depth), start, end + 1)
}

function listItem(text: string, start: number, depth: number): Item {
  return newItem(null, null, valueAt(text, start, depth), start, start)
}

function valueAt(text: string, start: number, depth: number): Node {
  if (text[start] === "[" || text[start] === "{") return flowNode(text, start, depth + 1)
  if (isQuote(text[start])) return quotedNode(text, start, quoteEnd(text, start))
  return plainNode(text, start, plainEnd(text, start))
}

/** Where a scalar without quotes ends, before the blanks behind it. */
function plainEnd(text: string, start: number): number {
  if (!startsPlain(text, start)) throw new Beyond()
  let end = start
  for (let at = start; !",]}:".includes(text[at]!); at++) {
    if ("\n#[{\"'`".includes(text[at]!)) throw new Beyond()
    if (text[at] !== " ") end = at + 1
  }
  if (end === start) throw new Beyond()
  return end
}

function isQuote(code: string | undefined): boolean {
  return code === '"' || code === "'"
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === " ") at++
  return at
}
