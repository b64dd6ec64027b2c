import type { Region } from "./diff3.ts"
import { matchLines } from "./line-diff.ts"
import { hunksOf, type Hunk } from "./match.ts"

// As in git's merge of two added files: a few equal lines between two conflicts make two puzzles of one.
const NEAR = 3

/** The regions of two texts that have no base: what is equal is "same", everything else has to be decided. */
export function twoWayRegions(ours: readonly string[], theirs: readonly string[]): readonly Region[] {
  const conflicts: Hunk[] = []
  for (const hunk of hunksOf(matchLines(ours, theirs), theirs.length)) {
    const last = conflicts.at(-1)
    if (last === undefined || hunk.aStart - last.aEnd > NEAR) conflicts.push(hunk)
    else conflicts[conflicts.length - 1] = { ...last, aEnd: hunk.aEnd, bEnd: hunk.bEnd }
  }
  const regions: Region[] = []
  let [o, t] = [0, 0]
  for (const { aStart, aEnd, bStart, bEnd } of conflicts) {
    if (aStart > o) regions.push(region("same", o, aStart, t, bStart))
    regions.push(region("conflict", aStart, aEnd, bStart, bEnd))
    ;[o, t] = [aEnd, bEnd]
  }
  if (o < ours.length) regions.push(region("same", o, ours.length, t, theirs.length))
  return regions
}

function region(kind: "same" | "conflict", o: number, oEnd: number, t: number, tEnd: number): Region {
  return { kind, base: { start: 0, end: 0 }, ours: { start: o, end: oEnd }, theirs: { start: t, end: tEnd } }
}
