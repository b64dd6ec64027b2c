import { addToGroup } from "../../groups.ts"
import type { Body, Entry } from "./outline.ts"
import { sameButBlanks, sameWriting } from "./output.ts"
import { matchEntries, type Row } from "./match-entries.ts"

/**
 * What becomes of a row: both sides have it ("merge"); only the team ("keep"); new in the template ("insert"); gone on
 * both sides, or gone on one and as it was on the other ("drop"); gone on one side and changed on the other ("clash").
 */
export type Fate = "merge" | "keep" | "insert" | "drop" | "clash"

export interface Step {
  readonly row: Row
  readonly fate: Fate
}

/**
 * The rows in the order of the result: ours' order, and what is new in the template behind the entry that it follows
 * there. So at one spot the template's additions come before the team's, whose rules then win where the last one wins.
 * With nothing in common they come first where the order counts (`ordered`), else last.
 */
export function planRows(base: Body, ours: Body, theirs: Body, ordered: boolean): readonly Step[] {
  const rows = matchEntries(base.entries, ours.entries, theirs.entries)
  const ofBase = new Map<Entry, Row>()
  const ofOurs = new Map<Entry, Row>()
  const ofTheirs = new Map<Entry, Row>()
  for (const row of rows) {
    if (row.base !== undefined) ofBase.set(row.base, row)
    if (row.ours !== undefined) ofOurs.set(row.ours, row)
    if (row.theirs !== undefined) ofTheirs.set(row.theirs, row)
  }
  const { behind, atStart, apart } = placesInOurs(
    withDropped(
      base.entries.map((entry) => ofBase.get(entry)!),
      theirs.entries.map((entry) => ofTheirs.get(entry)!),
    ),
  )
  const inOurs = ours.entries.flatMap((entry) => {
    const row = ofOurs.get(entry)!
    return [row, ...(behind.get(row) ?? [])]
  })
  const common = [...atStart, ...inOurs]
  return (ordered ? [...apart, ...common] : [...common, ...apart]).map((row) => ({ row, fate: fateOf(row) }))
}

/** Theirs' rows, with those that theirs dropped where they were: what came in their stead goes where they are in ours. */
function withDropped(base: readonly Row[], theirs: readonly Row[]): readonly Row[] {
  const behind = new Map<Row | undefined, Row[]>()
  let last: Row | undefined
  for (const row of base) {
    if (row.theirs === undefined) addToGroup(behind, last, row)
    else last = row
  }
  return [...(behind.get(undefined) ?? []), ...theirs.flatMap((row) => [row, ...(behind.get(row) ?? [])])]
}

/** Where the rows that ours lacks go: behind the row in front of them that ours has, else in front of all, if it has any. */
function placesInOurs(rows: readonly Row[]): {
  readonly behind: ReadonlyMap<Row, readonly Row[]>
  readonly atStart: readonly Row[]
  readonly apart: readonly Row[]
} {
  const behind = new Map<Row, Row[]>()
  const first = rows.findIndex((row) => row.ours !== undefined)
  if (first < 0) return { behind, atStart: [], apart: rows }
  let anchor = rows[first]!
  for (const row of rows.slice(first)) {
    if (row.ours !== undefined) anchor = row
    else addToGroup(behind, anchor, row)
  }
  return { behind, atStart: rows.slice(0, first), apart: [] }
}

function fateOf({ base, ours, theirs }: Row): Fate {
  if (ours !== undefined && theirs !== undefined) return "merge"
  if (base === undefined) return ours === undefined ? "insert" : "keep"
  if (ours !== undefined) return sameButBlanks(base, ours) ? "drop" : "clash"
  return theirs === undefined || sameWriting(base, theirs) || sameButBlanks(base, theirs) ? "drop" : "clash"
}
