import { align } from "./align.ts"
import { emitDelim } from "./emit-delim.ts"
import { emitLines } from "./emit-lines.ts"
import { stepTo } from "./key-path.ts"
import { containerCanon } from "./layout.ts"
import { decideOurs, decideReplaced, decideTheirs, type Entry, type Membership } from "./members.ts"
import type { Merged, MergeItem } from "./merged.ts"
import type { Item, KeyPath, Node } from "./model.ts"
import { checkList } from "./check-list.ts"
import { findReplaced } from "./replaced.ts"
import { applyOrder } from "./reorder.ts"
import type { Sides, Three } from "./sides.ts"

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
  if (ours.kind === "seq" && !sides.adapter.isSet(path)) checkList(members)

  const entries: Entry[] = ids.ours.flatMap((id, at): Entry[] => {
    const item = ours.items[at]!
    const clash = replaced.find((each) => each.ours === id)
    const entry = clash
      ? decideReplaced(members, step(item, at), clash)
      : decideOurs(members, step(item, at), id, mergeItem)
    return entry === undefined ? [] : [entry]
  })
  const ordered = ours.kind === "seq" ? applyOrder(members, entries) : entries
  const order = withDropped(ids.base, ids.theirs)
  ids.theirs.forEach((id, at) => {
    if (members.ours.has(id) || replaced.some((each) => each.theirs === id)) return
    const entry = decideTheirs(members, step(theirs.items[at]!, at), id)
    if (entry !== undefined) ordered.splice(placeFor(members, order, id, ordered), 0, entry)
  })

  const kept = ordered.filter(({ kind }) => kind !== "gone" && kind !== "open")
  const canon = containerCanon(ours.kind === "map" ? "map" : "seq", kept, ours.props)
  const rope = ours.layout === "line" ? emitLines(sides, nodes, ordered) : emitDelim(sides, nodes, ordered)
  return { rope, canon }
}

/**
 * Where a new member of theirs goes, by the `order` of theirs: behind the nearest member before it that ours has too, and behind what ours added there; else in front of the nearest
 * one after it.
 */
function placeFor(
  { ids, base, ours, theirs }: Membership,
  order: readonly string[],
  id: string,
  entries: readonly Entry[],
): number {
  const from = order.indexOf(id)
  for (let before = from - 1; before >= 0; before--) {
    const anchor = order[before]!
    let place = entries.findIndex((entry) => entry.id === anchor) + 1
    if (place === 0) continue
    // What theirs put in the place of something else has that thing's place, and is no addition: so has what follows it.
    if (!theirs.has(anchor) || (!base.has(anchor) && !ours.has(anchor))) return place
    // And so has what ours put in the place of something else.
    const next = ids.base[ids.base.indexOf(anchor) + 1]
    if (next !== undefined && !ours.has(next)) return place
    const isAdded = (entry: Entry | undefined): boolean =>
      entry?.kind === "ours" && !base.has(entry.id) && !theirs.has(entry.id)
    while (isAdded(entries[place])) place++
    return place
  }
  for (let after = from + 1; after < order.length; after++) {
    const place = entries.findIndex((entry) => entry.id === order[after])
    if (place >= 0) return place
  }
  return entries.length
}

/** Theirs' members, with those that theirs dropped where they were. */
function withDropped(base: readonly string[], theirs: readonly string[]): readonly string[] {
  const kept = new Set(theirs)
  const behind = new Map<string, string[]>()
  let last = ""
  for (const id of base) {
    if (kept.has(id)) last = id
    else behind.set(last, [...(behind.get(last) ?? []), id])
  }
  return [...(behind.get("") ?? []), ...theirs.flatMap((id) => [id, ...(behind.get(id) ?? [])])]
}
