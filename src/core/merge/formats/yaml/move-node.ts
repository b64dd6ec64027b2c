import { newItem } from "../../structure/layout.ts"
import type { Item, Node, Range } from "../../structure/model.ts"
import { layDelim } from "../../structure/trivia.ts"

/** The node as it is when the same lines stand `by` further down. What `assignTrivia` sets is left to it. */
export function moveNode(node: Node, by: number): Node {
  const { kind, layout, indent, canon, props, quote, block } = node
  const items = node.items.map((item) => moveItem(item, by))
  const moved: Node = { kind, layout, start: node.start + by, end: node.end + by, items, indent, canon, props }
  if (quote !== undefined) moved.quote = quote
  if (block !== undefined) moved.block = block
  if (layout === "delim") layDelim(moved)
  return moved
}

function moveItem({ key, keyRange, node, start, slot }: Item, by: number): Item {
  const range: Range | null = keyRange === null ? null : [keyRange[0] + by, keyRange[1] + by]
  return newItem(key, range, moveNode(node, by), start + by, slot + by)
}
