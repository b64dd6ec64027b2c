import type { Entry, Membership } from "./members.ts"

/** Theirs' new order of the members that all sides have, when ours kept the base's order; else ours' order. */
export function applyOrder({ ids, base, ours, theirs }: Membership, entries: readonly Entry[]): Entry[] {
  const isCommon = (id: string): boolean => base.has(id) && ours.has(id) && theirs.has(id)
  const [b, o, t] = [ids.base.filter(isCommon), ids.ours.filter(isCommon), ids.theirs.filter(isCommon)]
  const same = (left: readonly string[], right: readonly string[]): boolean =>
    left.every((id, index) => id === right[index])
  if (same(b, t) || !same(b, o)) return [...entries]
  const places = new Map(entries.map((entry) => [entry.id, entry]))
  let next = 0
  return entries.map((entry) => (isCommon(entry.id) ? places.get(t[next++]!)! : entry))
}
