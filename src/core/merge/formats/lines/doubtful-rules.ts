import type { Body, Entry } from "../../outline/outline.ts"
import { covers } from "./pattern-cover.ts"

export interface Rule {
  readonly pattern: string
  /** What the rule does to what it matches. */
  readonly says: string
}

/**
 * New rules of theirs that clash with a rule that they were not written beside, because the last match wins: the later
 * one covers the earlier one and says something else (`differ`), so that the earlier one is as good as not there.
 */
export function doubtfulRules(
  base: Body,
  ours: Body,
  theirs: Body,
  result: Body,
  rule: (entry: Entry) => Rule,
  differ: (first: string, last: string) => boolean = (first, last) => first !== last,
): ReadonlySet<string> {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(placesOf)
  const entries = result.entries.filter(({ body }) => body === undefined)
  const found = new Set<string>()
  const isNew = ({ id }: Entry): boolean => inTheirs!.has(id) && !inOurs!.has(id) && !inBase!.has(id)
  const rules = new Map(entries.map((entry) => [entry, rule(entry)]))
  const clash = (earlier: Entry, later: Entry): boolean => {
    const [first, last] = [rules.get(earlier)!, rules.get(later)!]
    if (!differ(first.says, last.says) || !covers(last.pattern, first.pattern)) return false
    return !follows(inTheirs!, earlier, later) && !follows(inOurs!, earlier, later)
  }
  entries.forEach((entry, index) => {
    if (!isNew(entry)) return
    const undone = entries.slice(index + 1).some((later) => clash(entry, later))
    if (undone || entries.slice(0, index).some((earlier) => clash(earlier, entry))) found.add(entry.id)
  })
  return found
}

function placesOf({ entries }: Body): ReadonlyMap<string, number> {
  return new Map(entries.map(({ id }, index) => [id, index]))
}

/** Whether somebody wrote the two in this order. */
function follows(places: ReadonlyMap<string, number>, earlier: Entry, later: Entry): boolean {
  const [first, last] = [places.get(earlier.id), places.get(later.id)]
  return first !== undefined && last !== undefined && first <= last
}
