import { pinOf, staysRaised } from "../merge/rules/version-pin.ts"
import { matchLines } from "../merge/text/line-diff.ts"
import { linesOf, sameLines, textOf } from "../merge/text/lines.ts"
import { hunksOf, type Hunk, type LineMatch } from "../merge/text/match.ts"
import type { Origin, PlaceChange, TeamChange } from "../model/explanation.ts"
import type { Sides } from "./explain-parts.ts"
import { countLines, HIDDEN, type Secrets, shortened } from "./show-part.ts"

/** What theirs changed against base, as spans of lines of the result, and what the result made of it. */
export function explainLines(texts: Sides<string>, secrets: Secrets, isLayout = false): readonly PlaceChange[] {
  const [base, ours, theirs, result] = [texts.base, texts.ours, texts.theirs, texts.result].map(linesOf) as [
    readonly string[],
    readonly string[],
    readonly string[],
    readonly string[],
  ]
  const side = (lines: readonly string[]): Side => ({
    fromBase: matchLines(base, lines),
    fromTheirs: matchLines(theirs, lines),
    same: sameLines(lines, theirs) ? "theirs" : sameLines(lines, base) ? "base" : undefined,
  })
  const [inOurs, inResult] = [side(ours), side(result)]
  return hunksOf(matchLines(base, theirs), theirs.length).map((hunk): PlaceChange => {
    const [was, is] = [base.slice(hunk.aStart, hunk.aEnd), theirs.slice(hunk.bStart, hunk.bEnd)]
    const from = originOfHunk(hunk, theirs, inOurs, inResult)
    const [first, last] = spanOf(hunk, inResult)
    return {
      at: lineSpan(first, last),
      what: isLayout ? "layout" : was.length === 0 ? "added" : is.length === 0 ? "removed" : "changed",
      from,
      ...valuesOf(was, is, secrets),
      ...(from === "ours" && isHigher(was, is, ours) ? { why: "higher-version" as const } : {}),
      line: first,
    }
  })
}

/** What ours changed against base, as spans of its lines. */
export function teamLines(base: string, ours: string): readonly TeamChange[] {
  const [was, is] = [linesOf(base), linesOf(ours)]
  const spans = hunksOf(matchLines(was, is), is.length).map(({ bStart, bEnd }) => lineSpan(bStart + 1, bEnd))
  return spans.length === 0 ? [] : [{ at: "", added: [], removed: [], changed: spans }]
}

/** `line 4`, `lines 4-6`; for no lines at all the one that the place is in front of. */
function lineSpan(first: number, last: number): string {
  return last <= first ? `line ${first}` : `lines ${first}-${last}`
}

interface Side {
  readonly fromBase: LineMatch
  readonly fromTheirs: LineMatch
  /** The side is one of these as it is. */
  readonly same: "base" | "theirs" | undefined
}

function originOfHunk(hunk: Hunk, theirs: readonly string[], ours: Side, result: Side): Origin {
  if (hasAll(hunk, result)) return hasAll(hunk, ours) ? "both" : "theirs"
  return hasNone(hunk, theirs, result) ? "ours" : "merged"
}

function hasAll({ aStart, aEnd, bStart, bEnd }: Hunk, { fromBase, fromTheirs, same }: Side): boolean {
  if (same !== undefined) return same === "theirs"
  for (let at = bStart; at < bEnd; at++) if (fromTheirs[at]! < 0) return false
  // A line that is gone here may be another one of theirs.
  const known = new Set(fromTheirs)
  for (let at = aStart; at < aEnd; at++) if (fromBase[at]! >= 0 && !known.has(fromBase[at]!)) return false
  return true
}

function hasNone(
  { aStart, aEnd, bStart, bEnd }: Hunk,
  theirs: readonly string[],
  { fromBase, fromTheirs, same }: Side,
): boolean {
  if (same !== undefined) return same === "base"
  // Blank lines match anything.
  for (let at = bStart; at < bEnd; at++) if (fromTheirs[at]! >= 0 && theirs[at]!.trim() !== "") return false
  if (bEnd > bStart) return true
  for (let at = aStart; at < aEnd; at++) if (fromBase[at]! < 0) return false
  return true
}

/** Whether ours has the line with a version that it raised further than theirs did. */
function isHigher([was, more]: readonly string[], [is, others]: readonly string[], ours: readonly string[]): boolean {
  if (was === undefined || is === undefined || more !== undefined || others !== undefined) return false
  const [base, theirs] = [pinOf(was), pinOf(is)]
  return ours.some((line) => line !== was && staysRaised(base, pinOf(line), theirs))
}

/** The lines of the hunk in the result, or the one that they are missing in front of. */
function spanOf(
  { aStart, bStart, bEnd }: Hunk,
  { fromBase, fromTheirs }: Side,
): readonly [first: number, last: number] {
  const come = [...fromTheirs.subarray(bStart, bEnd)].filter((index) => index >= 0)
  if (come.length > 0) return [Math.min(...come) + 1, Math.max(...come) + 1]
  const before = fromBase.subarray(0, aStart).findLast((index) => index >= 0) ?? -1
  return [before + 2, before + 2]
}

function valuesOf(
  was: readonly string[],
  is: readonly string[],
  secrets: Secrets,
): Pick<PlaceChange, "old" | "new" | "lines"> {
  if (was.length > 1 || is.length > 1) return { lines: countLines(textOf(was), textOf(is)) }
  const isHidden = [...was, ...is].some((line) => secrets.isIn(line))
  const show = (line: string): string => (isHidden ? HIDDEN : shortened(line))
  return {
    ...(was[0] === undefined ? {} : { old: show(was[0]) }),
    ...(is[0] === undefined ? {} : { new: show(is[0]) }),
  }
}
