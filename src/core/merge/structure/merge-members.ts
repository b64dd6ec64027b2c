import { align } from "./align.ts"
import { emitDelim } from "./emit-delim.ts"
import { emitLines } from "./emit-lines.ts"
import { stepTo } from "./key-path.ts"
import { containerCanon } from "./layout.ts"
import { decideOurs, decideReplaced, decideTheirs, type Entry, type Membership } from "./members.ts"
import type { Merged, MergeItem } from "./merged.ts"
import type { Item, KeyPath, Node } from "./model.ts"
import { checkList } from "./check-list.ts"
import { insertNew } from "./insert-new.ts"
import { findReplaced } from "./replaced.ts"
import { sameLines } from "../text/lines.ts"
import { mergedOrder } from "./order-of-list.ts"
import { applyOrder } from "./reorder.ts"
import { Doubt, type Sides, type Three } from "./sides.ts"

/** Merges the members of a container that ours and theirs have. The rope is the container's lines, or its brackets. */
export function mergeMembers(sides: Sides, path: KeyPath, nodes: Three<Node>, mergeItem: MergeItem): Merged {
  const { base, ours, theirs } = nodes
  const ids = align(sides.adapter, path, base, ours, theirs)
  const index = (keys: readonly string[], items: readonly Item[] = []): ReadonlyMap<string, Item> =>
    new Map(keys.map((key, at) => [key, items[at]!]))
  const step = (item: Item, at: number): KeyPath => [
    ...path,
    stepTo(item.key, ours.kind === "map" ? null : sides.adapter.identity(path, item), at),
  ]
  const members: Membership = {
    sides,
    ids,
    base: index(ids.base, base?.items),
    ours: index(ids.ours, ours.items),
    theirs: index(ids.theirs, theirs.items),
    nodes,
  }
  const replaced = findReplaced(members)
  const isOrdered = ours.kind === "seq" && sides.adapter.isOrdered(path) && ours.canon !== theirs.canon
  const places = isOrdered ? mergedOrder(ids) : undefined
  if (ours.kind === "seq" && !isOrdered && !sides.adapter.isSet(path)) checkList(members)

  const clashes = new Map(replaced.map((each) => [each.ours, each]))
  const answered = new Set(replaced.map((each) => each.theirs))
  const entries: Entry[] = ids.ours.flatMap((id, at): Entry[] => {
    const item = ours.items[at]!
    const clash = clashes.get(id)
    const entry = clash
      ? decideReplaced(members, step(item, at), clash)
      : decideOurs(members, step(item, at), id, mergeItem)
    return entry === undefined ? [] : [entry]
  })
  const ordered = ours.kind === "seq" ? applyOrder(members, entries) : entries
  const news = new Map<string, Entry>()
  ids.theirs.forEach((id, at) => {
    if (members.ours.has(id) || answered.has(id)) return
    const entry = decideTheirs(members, step(theirs.items[at]!, at), id)
    if (entry !== undefined) news.set(id, entry)
  })
  const all = insertNew(members, ordered, news)

  const kept = all.filter(({ kind }) => kind !== "gone" && kind !== "open")
  if (
    places !== undefined &&
    !sameLines(
      places,
      kept.map(({ id }) => id),
    )
  )
    throw new Doubt("another order")
  const canon = containerCanon(ours.kind === "map" ? "map" : "seq", kept, ours.props)
  const rope = ours.layout === "line" ? emitLines(sides, nodes, all) : emitDelim(sides, nodes, all)
  return { rope, canon }
}
