import { diff3 } from "../text/diff3.ts"
import { columnOf, opaqueCanon } from "./layout.ts"
import { oursAt, type Merged } from "./merged.ts"
import type { Item, Node } from "./model.ts"
import { plain } from "./rope.ts"
import { Doubt, type Sides, type Three } from "./sides.ts"

/** A value that cannot be looked into, merged line by line. Throws Doubt where lines clash. */
export function mergeOpaque(sides: Sides, { base, ours, theirs }: Three<Item>): Merged {
  const [b, o, t] = [base?.node, ours.node, theirs.node]
  if (base === undefined || b?.kind !== "opaque" || o.kind !== "opaque" || t.kind !== "opaque" || !ours.inLines)
    throw new Doubt("both sides changed the value")
  const column = columnOf(sides.ours.text, ours.start)
  const lines = (from: "base" | "theirs", item: Item, { start, end }: Node): readonly string[] => {
    const was = columnOf(sides[from].text, item.start)
    return sides.adapter.adapt(sides[from], [start, end], item.node, sides.ours, [was, column]).split("\n")
  }
  const mine = sides.ours.text.slice(o.start, o.end).split("\n")
  const [was, other] = [lines("base", base, b), lines("theirs", theirs, t)]
  const merged = diff3(was, mine, other).flatMap((region) => {
    if (region.kind === "conflict") throw new Doubt("lines that clash")
    return region.kind === "theirs"
      ? other.slice(region.theirs.start, region.theirs.end)
      : mine.slice(region.ours.start, region.ours.end)
  })
  const text = merged.join("\n")
  return {
    rope: [...oursAt(sides, [ours.slot, o.start]), ...plain(text), ...oursAt(sides, [o.end, ours.end])],
    canon: o.props + opaqueCanon(text, columnOf(sides.ours.text, o.start)),
  }
}
