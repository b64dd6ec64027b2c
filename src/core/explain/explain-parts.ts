import type { Part } from "../merge/formats/part.ts"
import { joinSteps } from "../merge/structure/key-path.ts"
import type { Origin, PlaceChange, PlaceKind } from "../model/explanation.ts"
import { pinOf, staysRaised } from "../merge/rules/version-pin.ts"
import { pairParts, type Pairs } from "./pair-parts.ts"
import { type Secrets, showValues } from "./show-part.ts"

/** Something on all sides. */
export interface Sides<T> {
  readonly base: T
  readonly ours: T
  readonly theirs: T
  readonly result: T
}

type Parts = Sides<readonly Part[]>
type Row = Sides<Part | undefined>

/** What theirs changed against base, as deep as it goes, and what the result made of it. In theirs' order. */
export function explainParts(parts: Parts, secrets: Secrets): readonly PlaceChange[] {
  return withinMembers([], parts, secrets)
}

function withinMembers(path: readonly string[], parts: Parts, secrets: Secrets): readonly PlaceChange[] {
  const rows = rowsOf(parts)
  const told = rows.flatMap((row) => withinRow([...path, (row.base ?? row.theirs)!.name], row, secrets))
  if (told.length > 0 || !isReordered(rows, parts)) return told
  const first = (side: readonly Part[]): string => side.map(({ id, canon }) => `${id} ${canon}`).join("\n")
  return [
    {
      at: joinSteps(path),
      what: "reordered",
      from: originOf(first(parts.base), first(parts.ours), first(parts.theirs), first(parts.result)),
    },
  ]
}

/** One row for each part that base or theirs has. */
function rowsOf({ base, ours, theirs, result }: Parts): readonly Row[] {
  const toTheirs = pairParts(base, theirs)
  const fromBase = new Map([...toTheirs].map(([was, is]) => [is, was]))
  const finders = [ours, result].map((side) => finder(side, base, theirs, fromBase))
  const row = (was: Part | undefined, is: Part | undefined): Row => ({
    base: was,
    ours: finders[0]!(was, is),
    theirs: is,
    result: finders[1]!(was, is),
  })
  // What is gone is told where it was.
  const behind = new Map<Part | undefined, Row[]>()
  let last: Part | undefined
  for (const part of base) {
    const now = toTheirs.get(part)
    if (now === undefined) behind.set(last, [...(behind.get(last) ?? []), row(part, undefined)])
    else last = now
  }
  const start = behind.get(undefined) ?? []
  return [...start, ...theirs.flatMap((part) => [row(fromBase.get(part), part), ...(behind.get(part) ?? [])])]
}

/** Where a part of base, or a new one of theirs, is in `side`. */
function finder(
  side: readonly Part[],
  base: readonly Part[],
  theirs: readonly Part[],
  fromBase: Pairs,
): (was: Part | undefined, is: Part | undefined) => Part | undefined {
  if (side === theirs) {
    const toTheirs = new Map([...fromBase].map(([is, was]) => [was, is]))
    return (was, is) => is ?? (was && toTheirs.get(was))
  }
  const known = pairParts(base, side)
  const taken = new Set(known.values())
  const added = theirs.filter((part) => !fromBase.has(part))
  const free = pairParts(
    added,
    side.filter((part) => !taken.has(part)),
  )
  // What theirs renamed may be there under its new name only.
  const renamed = (is: Part | undefined): Part | undefined =>
    is && side.find((part) => part.id === is.id && !taken.has(part))
  return (was, is) => (was === undefined ? is && free.get(is) : (known.get(was) ?? renamed(is)))
}

function withinRow(path: readonly string[], row: Row, secrets: Secrets): readonly PlaceChange[] {
  const { base, ours, theirs, result } = row
  const renamed = base !== undefined && theirs !== undefined && base.id !== theirs.id
  if (base?.canon === theirs?.canon && !renamed) return []
  const name: PlaceChange[] = renamed
    ? [
        {
          ...place(path, "renamed", originOf(base.id, ours?.id, theirs.id, result?.id), result),
          old: base.name,
          new: theirs.name,
        },
      ]
    : []
  if (base?.canon === theirs?.canon) return name
  const isInside = theirs?.parts !== undefined && result?.parts !== undefined && base?.parts !== undefined
  const isAdded = base === undefined && theirs?.parts !== undefined && ours?.parts !== undefined
  if (isInside || (isAdded && result?.parts !== undefined)) {
    const parts = (part: Part | undefined): readonly Part[] => part?.parts ?? []
    const sides = { base: parts(base), ours: parts(ours), theirs: parts(theirs), result: parts(result) }
    return [...name, ...withinMembers(path, sides, secrets)]
  }
  const what = base === undefined ? "added" : theirs === undefined ? "removed" : "changed"
  const from = originOf(base?.canon, ours?.canon, theirs?.canon, result?.canon)
  const why = from === "ours" && isHigher(base, ours, theirs) ? { why: "higher-version" as const } : {}
  return [...name, { ...place(path, what, from, result), ...showValues(base, theirs, ours, secrets), ...why }]
}

/** Whether ours raised a version further than theirs did. */
function isHigher(...parts: readonly (Part | undefined)[]): boolean {
  const [base, ours, theirs] = parts.map((part) => part && pinOf(part.text, part.comment))
  return staysRaised(base, ours, theirs)
}

function place(path: readonly string[], what: PlaceKind, from: Origin, result: Part | undefined): PlaceChange {
  return { at: joinSteps(path), what, from, ...(result === undefined ? {} : { line: result.lines[0] }) }
}

/** Of a place that theirs changed: whose version the result has. */
export function originOf(
  base: string | undefined,
  ours: string | undefined,
  theirs: string | undefined,
  result: string | undefined,
): Origin {
  if (result === theirs) return ours === theirs ? "both" : "theirs"
  return result === ours || result === base ? "ours" : "merged"
}

/** Whether theirs changed the order of a list, and nothing else in it. */
function isReordered(rows: readonly Row[], { base, theirs }: Parts): boolean {
  if (base[0]?.name.startsWith("[") !== true) return false
  const order = new Map(base.map((part, index) => [part, index]))
  const places = rows.flatMap((row) => (row.base && row.theirs ? [order.get(row.base)!] : []))
  return base.length === theirs.length && places.some((at, index) => index > 0 && at < places[index - 1]!)
}
