import { delimParts, placesOf, type DelimPart } from "./delim-parts.ts"
import type { Entry } from "./members.ts"
import type { Item, Node, Tree } from "./model.ts"
import type { Sides, Three } from "./sides.ts"

/** The comment lines in the blanks between two members. */
export function commentLines(before: string): readonly string[] {
  return before
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
}

/**
 * What stands in front of the members of ours, with theirs' comments where only theirs changed them. Blanks are ours',
 * and so is everything in front of members that are not ours alone to keep.
 */
export function frontsOf(
  sides: Sides,
  { base, ours, theirs }: Three<Node>,
  parts: readonly DelimPart[],
  alive: readonly Entry[],
): readonly string[] {
  const byKey = (tree: Tree, node: Node | undefined): ReadonlyMap<string | null, string> => {
    if (node?.layout !== "delim" || node.kind !== "map") return new Map()
    const found = delimParts(tree.text, node).items
    return new Map(node.items.map((item: Item, index) => [item.key, found[index]!.before]))
  }
  const [bases, theirss] = [byKey(sides.base, base), byKey(sides.theirs, theirs)]
  const places = placesOf(ours)
  return alive.map((entry) => {
    if (entry.kind !== "ours" && entry.kind !== "clash") return ""
    const written = parts[places.get(entry.item)!]!.before
    const [b, t] = [bases.get(entry.item.key), theirss.get(entry.item.key)]
    if (b === undefined || t === undefined || !written.includes("\n")) return written
    const [was, is, will] = [b, written, t].map((text) => commentLines(text).join("\n"))
    if (was === will || was !== is) return written
    const blank = written.slice(written.lastIndexOf("\n"))
    return (
      commentLines(t)
        .map((line) => blank + line)
        .join("") + blank
    )
  })
}
