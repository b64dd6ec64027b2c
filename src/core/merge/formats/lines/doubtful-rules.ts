import type { Body, Entry } from "../../outline/outline.ts"
import { covers } from "./pattern-cover.ts"

/**
 * New rules of theirs that clash with a new rule of ours because the last match wins: the later one covers the earlier
 * one and says something else, so that the earlier one is as good as not there.
 */
export function doubtfulRules(
  base: Body,
  ours: Body,
  theirs: Body,
  result: Body,
  rule: (entry: Entry) => { readonly pattern: string; readonly says: string },
): ReadonlySet<string> {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(({ entries }) => new Set(entries.map(({ id }) => id)))
  const fresh = result.entries.filter(({ id, body }) => body === undefined && !inBase!.has(id))
  const found = new Set<string>()
  fresh.forEach((later, index) => {
    for (const earlier of fresh.slice(0, index)) {
      const [theirRule, ourRule] = inOurs!.has(later.id) ? [earlier, later] : [later, earlier]
      if (inOurs!.has(theirRule.id) || inTheirs!.has(ourRule.id)) continue
      const [first, last] = [rule(earlier), rule(later)]
      if (first.says !== last.says && covers(last.pattern, first.pattern)) found.add(theirRule.id)
    }
  })
  return found
}
