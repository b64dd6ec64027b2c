import { diff3, type LineRange, type Region } from "../text/diff3.ts"
import { splitKeyedLines } from "../text/keyed-lines.ts"
import { linesOf, textOf } from "../text/lines.ts"
import { twoWayRegions } from "../text/two-way.ts"
import { raiseLines } from "../text/raise-lines.ts"
import {
  rulesOf,
  type ConflictSegment,
  type MergeFormat,
  type MergeResult,
  type MergeSegment,
  type MergeTexts,
} from "./merge-format.ts"

/** Merges line by line, like git; only neighbouring settings are told apart better. */
export const textFormat: MergeFormat = {
  name: "text",
  matches: () => true,
  merge: (texts) => mergeTextFile(texts),
}

/** The merge of a text; `split` knows more of what the lines are. */
export function mergeTextFile(texts: MergeTexts, split?: SplitRegion): MergeResult {
  if (texts.base === null || !rulesOf(texts).isFloor([])) return { segments: mergeLines(texts, split) }
  const raised = raiseLines(linesOf(texts.base), linesOf(texts.ours), linesOf(texts.theirs))
  return { segments: mergeLines(texts, split, raised) }
}

/** Tells a conflict about lines apart into what only one side changed, where it can. */
export type SplitRegion = (
  region: Region,
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
) => readonly Region[]

/** The line merge, also for formats that cannot read a text. `raised` is the base as it counts, line by line. */
export function mergeLines(
  texts: MergeTexts,
  split?: SplitRegion,
  raised?: readonly string[],
): readonly MergeSegment[] {
  const written = linesOf(texts.base ?? "")
  const base = raised ?? written
  const ours = linesOf(texts.ours)
  const theirs = linesOf(texts.theirs)
  const regions = texts.base === null ? twoWayRegions(ours, theirs) : diff3(base, ours, theirs)
  const keyed = regions.flatMap((region) => splitKeyedLines(region, base, ours, theirs))
  const known = texts.base === null ? undefined : split
  const parts = known === undefined ? keyed : keyed.flatMap((region) => known(region, base, ours, theirs))
  return parts.flatMap((region): readonly MergeSegment[] => {
    if (region.kind === "conflict") {
      return trimmedConflict(region, texts.base === null ? null : cut(written, region.base), ours, theirs)
    }
    const lines = region.kind === "theirs" ? cut(theirs, region.theirs) : cut(ours, region.ours)
    return [{ kind: "agreed", text: textOf(lines) }]
  })
}

/** Lines that both sides have at the edges need no decision (git's zdiff3); the base stays whole, to be understood. */
function trimmedConflict(
  region: Region,
  base: readonly string[] | null,
  allOurs: readonly string[],
  allTheirs: readonly string[],
): readonly MergeSegment[] {
  const ours = cut(allOurs, region.ours)
  const theirs = cut(allTheirs, region.theirs)
  const most = Math.min(ours.length, theirs.length)
  let head = 0
  while (head < most && ours[head] === theirs[head]) head++
  let tail = 0
  while (tail < most - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail++
  const conflict: ConflictSegment = {
    kind: "conflict",
    base: base === null ? null : textOf(base),
    ours: textOf(ours.slice(head, ours.length - tail)),
    theirs: textOf(theirs.slice(head, theirs.length - tail)),
    line: region.ours.start + head + 1,
  }
  const before: MergeSegment = { kind: "agreed", text: textOf(ours.slice(0, head)) }
  const after: MergeSegment = { kind: "agreed", text: textOf(ours.slice(ours.length - tail)) }
  return [before, conflict, after].filter((segment) => segment.kind === "conflict" || segment.text !== "")
}

function cut(lines: readonly string[], range: LineRange): readonly string[] {
  return lines.slice(range.start, range.end)
}
