import { higherPin, pinOf, type Pin } from "../rules/version-pin.ts"
import { scalarText } from "./identity-rules.ts"
import { keysOf } from "./key-path.ts"
import { oursAt, type Merged } from "./merged.ts"
import type { Item, KeyPath, Node, Tree } from "./model.ts"
import type { Sides, Three } from "./sides.ts"
import { takeValue } from "./take-value.ts"

/** The higher one of two versions that both sides put in the place of a lower one; undefined where there is no such. */
export function settlePin(sides: Sides, path: KeyPath, items: Three<Item>): Merged | undefined {
  const { base, ours, theirs } = items
  if (base === undefined || !sides.rules.isFloor(keysOf(path))) return undefined
  const [b, o, t] = [pinAt(sides.base, base), pinAt(sides.ours, ours), pinAt(sides.theirs, theirs)]
  const higher = higherPin(b, o, t)
  if (higher === undefined) return undefined
  // A comment that names the version of a commit belongs to it.
  if (higher === "theirs") return { rope: takeValue(sides, items, t!.byHash), canon: theirs.node.canon }
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
