import type { Membership } from "./members.ts"

/** A new member of ours and one of theirs, both in the place of the same member of the base. */
export interface Replaced {
  readonly base: string
  readonly ours: string
  readonly theirs: string
}

/** Items of a list that both sides took out and put something else in the place of: two answers to one question. */
export function findReplaced({ ids, base, ours, theirs, nodes }: Membership): readonly Replaced[] {
  if (nodes.ours.kind === "map") return []
  const added = (side: readonly string[], before: string | undefined): string | undefined => {
    const next = side[before === undefined ? 0 : side.indexOf(before) + 1]
    return next === undefined || base.has(next) ? undefined : next
  }
  const taken = new Set<string>()
  return ids.base.flatMap((id, index) => {
    if (ours.has(id) || theirs.has(id)) return []
    const before = ids.base.slice(0, index).findLast((each) => ours.has(each) && theirs.has(each))
    const [mine, other] = [added(ids.ours, before), added(ids.theirs, before)]
    if (mine === undefined || other === undefined || theirs.has(mine) || ours.has(other) || taken.has(mine)) return []
    taken.add(mine)
    return [{ base: id, ours: mine, theirs: other }]
  })
}
