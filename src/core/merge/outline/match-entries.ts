import { matchLines } from "../text/line-diff.ts"
import { hunksOf } from "../text/match.ts"
import { linesOfEntry, type Entry } from "./outline.ts"

/** The same entry on the sides that have it. */
export interface Row {
  readonly base?: Entry
  readonly ours?: Entry
  readonly theirs?: Entry
}

/** Rows in which each entry of the three sides is once. */
export function matchEntries(base: readonly Entry[], ours: readonly Entry[], theirs: readonly Entry[]): readonly Row[] {
  const groups = new Map<string, [Entry[], Entry[], Entry[]]>()
  ;[base, ours, theirs].forEach((entries, side) => {
    for (const entry of entries) {
      const group = groups.get(entry.id) ?? [[], [], []]
      groups.set(entry.id, group)
      group[side]!.push(entry)
    }
  })
  return [...groups.values()].flatMap(([b, o, t]) => {
    if (Math.max(b.length, o.length, t.length) <= 1) return [row(b[0], o[0], t[0])]
    return matchRepeated(b, o, t)
  })
}

/** Entries with one id, such as unlabelled blocks of HCL: equal ones are the same, and between those the order counts. */
function matchRepeated(base: readonly Entry[], ours: readonly Entry[], theirs: readonly Entry[]): readonly Row[] {
  const toOurs = pair(base, ours)
  const toTheirs = pair(base, theirs)
  const rows = base.map((entry, index) => row(entry, ours[toOurs[index]!], theirs[toTheirs[index]!]))
  const [knownOurs, knownTheirs] = [new Set(toOurs), new Set(toTheirs)]
  const newOurs = ours.filter((_, index) => !knownOurs.has(index))
  const newTheirs = theirs.filter((_, index) => !knownTheirs.has(index))
  const taken = new Set<Entry>()
  for (const entry of newOurs) {
    const same = newTheirs.find((other) => !taken.has(other) && isSameNew(entry, other))
    if (same !== undefined) taken.add(same)
    rows.push(row(undefined, entry, same))
  }
  return [...rows, ...newTheirs.filter((entry) => !taken.has(entry)).map((entry) => row(undefined, undefined, entry))]
}

function isSameNew(a: Entry, b: Entry): boolean {
  return a.alias === b.alias && (a.alias !== undefined || writing(a) === writing(b))
}

/** For each entry of `base` the index of its counterpart, or -1. */
function pair(base: readonly Entry[], side: readonly Entry[]): readonly number[] {
  const [baseNames, sideNames] = [base, side].map((entries) => new Set(entries.map(({ alias }) => alias)))
  if (baseNames!.size === base.length && sideNames!.size === side.length && base.length + side.length > 2)
    return base.map((entry) => side.findIndex(({ alias }) => alias === entry.alias))
  const match = [...matchLines(base.map(writing), side.map(writing))]
  for (const { aStart, aEnd, bStart, bEnd } of hunksOf(Int32Array.from(match), side.length)) {
    if (aEnd - aStart !== bEnd - bStart) continue
    for (let step = 0; aStart + step < aEnd; step++) match[aStart + step] = bStart + step
  }
  return match
}

function writing(entry: Entry): string {
  return linesOfEntry(entry)
    .map((line) => line.trim().replace(/\s+/g, " "))
    .join("\n")
}

function row(base: Entry | undefined, ours: Entry | undefined, theirs: Entry | undefined): Row {
  return { ...(base && { base }), ...(ours && { ours }), ...(theirs && { theirs }) }
}
