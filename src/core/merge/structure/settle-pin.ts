import { pinOf, staysRaised, type Pin } from "../rules/version-pin.ts"
import { scalarText } from "./identity-rules.ts"
import { keysOf } from "./key-path.ts"
import { oursAt, type Merged } from "./merged.ts"
import type { Item, KeyPath, Node, Tree } from "./model.ts"
import type { Sides, Three } from "./sides.ts"

/** Ours, where theirs would lower a version that ours raised; else undefined. */
export function settlePin(sides: Sides, path: KeyPath, { base, ours, theirs }: Three<Item>): Merged | undefined {
  if (base === undefined || !sides.rules.isFloor(keysOf(path))) return undefined
  if (!staysRaised(pinAt(sides.base, base), pinAt(sides.ours, ours), pinAt(sides.theirs, theirs))) return undefined
  return { rope: oursAt(sides, [ours.slot, ours.end]), canon: ours.node.canon }
}

function pinAt(tree: Tree, { node, tail }: Item): Pin | undefined {
  const text = node.kind === "seq" ? listText(node) : scalarText(node)
  return text === undefined ? undefined : pinOf(text, tree.text.slice(...tail))
}

/** A range as a list of its bounds. */
function listText({ items }: Node): string | undefined {
  const texts = items.map(({ node }) => scalarText(node))
  return texts.includes(undefined) ? undefined : texts.join(",")
}
