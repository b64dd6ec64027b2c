import { diff3 } from "../text/diff3.ts"
import type { Aligned } from "./align.ts"
import { Doubt } from "./sides.ts"

/**
 * The members, by their ids, of a list in which places count, merged as the lines of a text are: members that came or
 * went next to each other are two answers to one question.
 */
export function mergedOrder({ base, ours, theirs }: Aligned): readonly string[] {
  return diff3(base, ours, theirs).flatMap((region) => {
    if (region.kind === "conflict") throw new Doubt("both sides changed one place of an order")
    return region.kind === "theirs"
      ? theirs.slice(region.theirs.start, region.theirs.end)
      : ours.slice(region.ours.start, region.ours.end)
  })
}
