import { addToGroup } from "../../groups.ts"
import type { Entry, Membership } from "./members.ts"

/**
 * The members of ours with those that theirs brings, given by id. They go, by the order of theirs, behind the nearest
 * member before them that ours has too, and behind what ours added there; else in front of the nearest one after them.
 */
export function insertNew(
  members: Membership,
  entries: readonly Entry[],
  news: ReadonlyMap<string, Entry>,
): readonly Entry[] {
  if (news.size === 0) return entries
  const { ids, base, ours, theirs } = members
  const places = new Map(entries.map(({ id }, index) => [id, index]))
  const nextInBase = new Map(ids.base.map((id, index) => [id, ids.base[index + 1]]))
  const isAdded = (entry: Entry | undefined): boolean =>
    entry?.kind === "ours" && !base.has(entry.id) && !theirs.has(entry.id)
  const placeBehind = (anchor: string, from: number): number => {
    // What theirs put in the place of something else has that thing's place, and is no addition: so has what follows it.
    if (!theirs.has(anchor) || (!base.has(anchor) && !ours.has(anchor))) return from
    // And so has what ours put in the place of something else.
    const next = nextInBase.get(anchor)
    if (next !== undefined && !ours.has(next)) return from
    let place = from
    while (isAdded(entries[place])) place++
    return place
  }
  const order = withDropped(ids.base, ids.theirs)
  const first = order.find((id) => places.has(id))
  // In front of the entry with this number. What follows something comes before what precedes something else.
  const [behind, before] = [new Map<number, Entry[]>(), new Map<number, Entry[]>()]
  let anchor: string | undefined
  let place = first === undefined ? entries.length : places.get(first)!
  let group = before
  for (const id of order) {
    const entry = news.get(id)
    const own = places.get(id)
    if (own !== undefined) [anchor, place, group] = [id, own + 1, behind]
    if (entry === undefined) continue
    if (anchor !== undefined) place = placeBehind(anchor, place)
    addToGroup(group, place, entry)
    if (group === behind) anchor = id
  }
  return [...entries, undefined].flatMap((entry, index) => [
    ...(behind.get(index) ?? []),
    ...(before.get(index) ?? []),
    ...(entry === undefined ? [] : [entry]),
  ])
}

/** Theirs' members, with those that theirs dropped where they were. */
function withDropped(base: readonly string[], theirs: readonly string[]): readonly string[] {
  const kept = new Set(theirs)
  const behind = new Map<string, string[]>()
  let last = ""
  for (const id of base) {
    if (kept.has(id)) last = id
    else addToGroup(behind, last, id)
  }
  return [...(behind.get("") ?? []), ...theirs.flatMap((id) => [id, ...(behind.get(id) ?? [])])]
}
