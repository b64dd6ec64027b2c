import { matchLines } from "./line-diff.ts"
import { sameLines } from "./lines.ts"

/** Lines [start, end) of one of the texts. */
export interface LineRange {
  readonly start: number
  readonly end: number
}

/** Who changed a stretch of the base: nobody, one side, both in the same way, or both in different ways. */
export type RegionKind = "same" | "ours" | "theirs" | "both" | "conflict"

export interface Region {
  readonly kind: RegionKind
  readonly base: LineRange
  readonly ours: LineRange
  readonly theirs: LineRange
}

/**
 * Cuts three texts into regions, in order and without gaps. A base line that both sides kept separates regions, so that
 * changes to neighbouring lines conflict, as they do in git (Khanna, Kunal, Pierce: "A Formal Investigation of Diff3").
 */
export function diff3(base: readonly string[], ours: readonly string[], theirs: readonly string[]): readonly Region[] {
  const toOurs = matchLines(base, ours)
  const toTheirs = matchLines(base, theirs)
  const regions: Region[] = []
  let [b, o, t] = [0, 0, 0]
  while (b < base.length || o < ours.length || t < theirs.length) {
    const stable = b < base.length && toOurs[b] === o && toTheirs[b] === t
    let [bEnd, oEnd, tEnd] = [b, o, t]
    if (stable) {
      while (bEnd < base.length && toOurs[bEnd] === oEnd && toTheirs[bEnd] === tEnd)
        [bEnd, oEnd, tEnd] = [bEnd + 1, oEnd + 1, tEnd + 1]
    } else {
      while (bEnd < base.length && (toOurs[bEnd]! < 0 || toTheirs[bEnd]! < 0)) bEnd++
      oEnd = bEnd < base.length ? toOurs[bEnd]! : ours.length
      tEnd = bEnd < base.length ? toTheirs[bEnd]! : theirs.length
    }
    const kind = stable ? "same" : regionKind(base.slice(b, bEnd), ours.slice(o, oEnd), theirs.slice(t, tEnd))
    regions.push({
      kind,
      base: { start: b, end: bEnd },
      ours: { start: o, end: oEnd },
      theirs: { start: t, end: tEnd },
    })
    ;[b, o, t] = [bEnd, oEnd, tEnd]
  }
  return regions
}

function regionKind(base: readonly string[], ours: readonly string[], theirs: readonly string[]): RegionKind {
  if (sameLines(ours, theirs)) return sameLines(base, ours) ? "same" : "both"
  if (sameLines(base, theirs)) return "ours"
  return sameLines(base, ours) ? "theirs" : "conflict"
}
