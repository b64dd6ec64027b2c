import { addToGroup } from "../../groups.ts"
import { textOf } from "../text/lines.ts"
import { linesOfBody, type Body, type Entry } from "./outline.ts"

export interface Sides {
  readonly base: Body
  readonly ours: Body
  readonly theirs: Body
}

/**
 * Gives a section or block that one side renamed, and left as it was inside, its new id on all sides: what the other
 * side changed in it then finds its place, and only the heading of the result is the new one.
 */
export function alignRenames(sides: Sides): Sides {
  const byOurs = renamesOf(sides.base, sides.ours, sides.theirs)
  const byTheirs = renamesOf(sides.base, sides.theirs, sides.ours)
  if (byOurs.size === 0 && byTheirs.size === 0) return sides
  return {
    base: renamed(sides.base, new Map([...byOurs, ...byTheirs])),
    ours: renamed(sides.ours, byTheirs),
    theirs: renamed(sides.theirs, byOurs),
  }
}

/** The new entries by old id, for what `side` renamed; `other` still has it, or renamed it alike. */
function renamesOf(base: Body, side: Body, other: Body): ReadonlyMap<string, Entry> {
  const [inBase, inSide, inOther] = [base, side, other].map(byId)
  const gone = base.entries.filter(({ id, body }) => body !== undefined && !inSide!.has(id))
  const came = side.entries.filter(({ id, body }) => body !== undefined && !inBase!.has(id))
  if (gone.length === 0 || came.length === 0) return new Map()
  const [goneBy, cameBy] = [byInside(gone), byInside(came)]
  const found = new Map<string, Entry>()
  for (const [inside, twins] of goneBy) {
    const entry = twins[0]!
    if (inside === "" || twins.length > 1) continue
    const there = inOther!.get(entry.id)
    const alike = new Set([inside, ...(there === undefined ? [] : [insideOf(there)])])
    const same = [...alike]
      .flatMap((each) => cameBy.get(each) ?? [])
      .filter(({ id }) => inOther!.has(id) === (there === undefined))
    if (same.length === 1) found.set(entry.id, same[0]!)
  }
  return found
}

function byInside(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const found = new Map<string, Entry[]>()
  for (const entry of entries) addToGroup(found, insideOf(entry), entry)
  return found
}

function byId({ entries }: Body): ReadonlyMap<string, Entry> {
  return new Map(entries.map((entry) => [entry.id, entry]))
}

function insideOf({ body }: Pick<Entry, "body">): string {
  return body === undefined ? "" : textOf(linesOfBody(body)).trim()
}

function renamed({ header, entries, foot }: Body, names: ReadonlyMap<string, Entry>): Body {
  const rename = (entry: Entry): Entry => {
    const name = names.get(entry.id)
    return name === undefined ? entry : { ...entry, id: name.id, ...(name.path && { path: name.path }) }
  }
  return { header, entries: entries.map(rename), foot }
}
