import type { LineRange, Region, RegionKind } from "../../text/diff3.ts"
import { matchLines } from "../../text/line-diff.ts"
import { hunksOf } from "../../text/match.ts"

// Bullets (also with a box to tick), rows of a table, pictures such as badges: each line stands for itself.
const ITEM = /^([ \t]*(?:[-*+] |\||\[?!\[))/

type Lines = readonly string[]

/**
 * Splits a conflict about items of one list or table, as long as no item was changed by both: neighbours in a list are
 * no more one thing than two settings are. Any other region is returned as it is.
 */
export function splitItems(region: Region, base: Lines, ours: Lines, theirs: Lines): readonly Region[] {
  const [b, o, t] = [cut(base, region.base), cut(ours, region.ours), cut(theirs, region.theirs)]
  const marks = new Set([...b, ...o, ...t].map((line) => ITEM.exec(line)?.[1]))
  if (region.kind !== "conflict" || marks.size !== 1 || marks.has(undefined)) return [region]
  const [mine, others] = [editsOf(b, o), editsOf(b, t)]
  if (mine === undefined || others === undefined) return [region]
  const regions: Region[] = []
  const add = (kind: RegionKind, inBase: LineRange, inOurs: LineRange, inTheirs: LineRange): void => {
    const at = (range: LineRange, by: LineRange): LineRange => ({
      start: range.start + by.start,
      end: range.end + by.start,
    })
    regions.push({
      kind,
      base: at(inBase, region.base),
      ours: at(inOurs, region.ours),
      theirs: at(inTheirs, region.theirs),
    })
  }
  for (let index = 0; index <= b.length; index++) {
    const [own, other] = [mine.added[index]!, others.added[index]!]
    const known = new Set(cut(o, own))
    const names = new Set(cut(o, own).map(nameOf))
    for (let at = other.start; at < other.end; at++) {
      if (known.has(t[at]!)) continue
      if (names.has(nameOf(t[at]!))) return [region]
      add("theirs", none(index), none(own.start), { start: at, end: at + 1 })
    }
    if (own.end > own.start) add("ours", none(index), own, none(other.end))
    if (index === b.length) break
    const [is, was] = [mine.kept[index]!, others.kept[index]!]
    const [oursSays, theirsSays] = [cut(o, is).join(), cut(t, was).join()]
    const kind =
      oursSays === theirsSays ? "both" : theirsSays === b[index] ? "ours" : oursSays === b[index] ? "theirs" : undefined
    if (kind === undefined) return [region]
    add(oursSays === b[index] && theirsSays === b[index] ? "same" : kind, { start: index, end: index + 1 }, is, was)
  }
  return regions
}

/** The first cell of a row of a table: what the row is about. Other items have no name. */
function nameOf(line: string): string {
  return /^\s*\|([^|]*)\|/.exec(line)?.[1]?.trim() ?? line
}

interface Edits {
  /** For each line of the base where it is in the side, changed or not; an empty range where it was taken out. */
  readonly kept: readonly LineRange[]
  /** What was put in front of each line of the base, and behind the last. */
  readonly added: readonly LineRange[]
}

/** undefined where it cannot be told which line became which. */
function editsOf(base: Lines, side: Lines): Edits | undefined {
  const match = matchLines(base.map(nameOf), side.map(nameOf))
  const kept: LineRange[] = [...match].map((place) => (place < 0 ? none(0) : { start: place, end: place + 1 }))
  const added: LineRange[] = []
  for (const { aStart, aEnd, bStart, bEnd } of hunksOf(match, side.length)) {
    if (aStart === aEnd) added[aStart] = { start: bStart, end: bEnd }
    else if (bStart !== bEnd && aEnd - aStart !== bEnd - bStart) return undefined
    for (let at = aStart; at < aEnd; at++)
      kept[at] = bStart === bEnd ? none(bStart) : { start: bStart + at - aStart, end: bStart + at - aStart + 1 }
  }
  let end = 0
  for (let index = 0; index <= base.length; index++) {
    added[index] ??= none(end)
    end = kept[index]?.end ?? end
  }
  return { kept, added }
}

function none(at: number): LineRange {
  return { start: at, end: at }
}

function cut(lines: Lines, { start, end }: LineRange): Lines {
  return lines.slice(start, end)
}
