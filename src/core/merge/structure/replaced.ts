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
  const addedBehind = (side: readonly string[]): ReadonlyMap<string | undefined, string> =>
    new Map(side.flatMap((id, index) => (base.has(id) ? [] : [[side[index - 1], id]])))
  const [byOurs, byTheirs] = [addedBehind(ids.ours), addedBehind(ids.theirs)]
  const taken = new Set<string>()
  let before: string | undefined
  return ids.base.flatMap((id) => {
    if (ours.has(id) && theirs.has(id)) before = id
    if (ours.has(id) || theirs.has(id)) return []
    const [mine, other] = [byOurs.get(before), byTheirs.get(before)]
    if (mine === undefined || other === undefined || theirs.has(mine) || ours.has(other) || taken.has(mine)) return []
    taken.add(mine)
    return [{ base: id, ours: mine, theirs: other }]
  })
}
