import { columnOf, finishNode, indentOf, nameItems, newItem, opaqueCanon } from "../../structure/layout.ts"
import { Unreadable, type Item, type Node, type Style, type Tree } from "../../structure/model.ts"
import { layDelim } from "../../structure/trivia.ts"
import { scanJson, type Token } from "./scan-json.ts"

// Deeper than any configuration, and far from the end of the stack.
const DEEPEST = 150

/** The layout tree of a JSON text, comments and commas behind the last item allowed. Throws Unreadable. */
export function parseJson(text: string): Tree {
  const tokens = scanJson(text)
  if (tokens.length === 1) return { text, docs: [], style: { unit: 0, seqOffset: -1, tabs: false } }
  let next = 0
  const take = (...kinds: readonly Token["kind"][]): Token => {
    const token = tokens[next]!
    if (!kinds.includes(token.kind)) throw new Unreadable(`${token.kind} at ${token.start}`)
    next++
    return token
  }

  const value = (depth: number): Node => {
    if (depth > DEEPEST) throw new Unreadable("nested too deeply")
    const token = take("{", "[", "string", "word")
    if (token.kind === "{" || token.kind === "[") return container(token, depth)
    const source = text.slice(token.start, token.end)
    const canon = token.kind === "string" ? `s:${stringOf(source)}` : `p:${source}`
    return { ...bare("scalar", "inline", token), canon, quote: token.kind === "string" ? '"' : "" }
  }

  const member = (depth: number): Item => {
    const key = take("string")
    take(":")
    const node = value(depth + 1)
    return newItem(stringOf(text.slice(key.start, key.end)), [key.start, key.end], node, key.start, node.start)
  }

  const container = (open: Token, depth: number): Node => {
    const [kind, close] = open.kind === "{" ? (["map", "}"] as const) : (["seq", "]"] as const)
    const node = { ...bare(kind, "delim", open), indent: indentOf(text, open.start) }
    while (tokens[next]!.kind !== close) {
      if (kind === "map") node.items.push(member(depth))
      else {
        const item = value(depth + 1)
        node.items.push(newItem(null, null, item, item.start, item.start))
      }
      if (tokens[next]!.kind !== close) take(",")
    }
    node.end = take(close).end
    if (
      kind === "map" &&
      !nameItems(
        node.items,
        node.items.map(({ key }) => key!),
      )
    ) {
      const written = text.slice(node.start, node.end)
      return {
        ...bare("opaque", "inline", open),
        end: node.end,
        canon: opaqueCanon(written, columnOf(text, node.start)),
      }
    }
    layDelim(node)
    return finishNode(node)
  }

  const root = value(0)
  take("end")
  return { text, docs: [root], style: styleOf(text, root) }
}

function stringOf(source: string): string {
  try {
    return String(JSON.parse(source))
  } catch {
    throw new Unreadable("no JSON string")
  }
}

function bare(kind: Node["kind"], layout: Node["layout"], { start, end }: Token): Node {
  return { kind, layout, start, end, items: [], indent: 0, canon: "", props: "" }
}

function styleOf(text: string, root: Node): Style {
  const votes = new Map<number, number>()
  const count = (node: Node): void => {
    const first = node.items[0]
    if (first !== undefined && text.slice(node.start, first.start).includes("\n")) {
      const width = columnOf(text, first.start) - node.indent
      votes.set(width, (votes.get(width) ?? 0) + 1)
    }
    for (const item of node.items) count(item.node)
  }
  count(root)
  const unit = [...votes].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? 0
  return { unit, seqOffset: -1, tabs: /^\t/m.test(text) }
}
