import { bothComments } from "../text/both-comments.ts"
import { diff3, type LineRange } from "../text/diff3.ts"
import { sameLines } from "../text/lines.ts"
import type { Output } from "./output.ts"

type Lines = readonly string[]

/** Merges the blank and comment lines at one place. `line` is the number in ours of the place. */
export function mergeTrivia(base: Lines, ours: Lines, theirs: Lines, line: number, out: Output): void {
  if (sameLines(ours, theirs) || sameLines(base, theirs)) return out.agreed(ours)
  if (sameLines(base, ours)) return out.agreed(theirs)
  for (const region of diff3(base, ours, theirs)) {
    const [b, o, t] = [cut(base, region.base), cut(ours, region.ours), cut(theirs, region.theirs)]
    if (region.kind === "theirs") out.agreed(t)
    else if (region.kind !== "conflict") out.agreed(o)
    else mergeClash(b, o, t, line + region.ours.start, out)
  }
}

/** Comments that the team wrote above an entry that goes. */
export function addedComments(base: Lines, ours: Lines): Lines {
  return ours.filter((line) => line.trim() !== "" && !base.includes(line))
}

function mergeClash(base: Lines, ours: Lines, theirs: Lines, line: number, out: Output): void {
  const lines = bothComments(base, ours, theirs)
  if (lines === undefined) return out.conflict(base, ours, theirs, line)
  out.agreed(lines)
}

function cut(lines: Lines, { start, end }: LineRange): Lines {
  return lines.slice(start, end)
}
