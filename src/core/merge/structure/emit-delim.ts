import { indentOf } from "./layout.ts"
import { commentLines, frontsOf } from "./delim-comments.ts"
import { delimParts, placesOf, type DelimPart } from "./delim-parts.ts"
import type { Entry } from "./members.ts"
import { delimItem } from "./merged.ts"
import type { Node } from "./model.ts"
import { showPath } from "./key-path.ts"
import { plain, type Rope } from "./rope.ts"
import { Doubt, type Sides, type Three } from "./sides.ts"

interface Unit {
  readonly before: string
  readonly rope: Rope
  readonly after: string
}

/** The brackets of a container of ours with the merged members, the commas set right. */
export function emitDelim(sides: Sides, nodes: Three<Node>, entries: readonly Entry[]): Rope {
  const { ours } = nodes
  const { text } = sides.ours
  const parts = delimParts(text, ours)
  const alive = entries.filter(({ kind }) => kind !== "gone")
  const open = plain(text.slice(ours.start, ours.start + 1))
  if (parts.items.length === 0 || alive.length === 0)
    return [...open, ...fromNothing(sides, ours, parts, alive), ...plain(text.slice(ours.end - 1, ours.end))]
  if (
    alive.length === parts.items.length &&
    alive.every((entry, index) => entry.kind === "ours" && entry.item === ours.items[index])
  ) {
    const fronts = frontsOf(sides, nodes, parts.items, alive)
    return [
      ...open,
      ...alive.flatMap((entry, index) => [
        ...plain(fronts[index]!),
        ...(entry as { rope: Rope }).rope,
        ...plain(parts.items[index]!.written),
      ]),
      ...plain(parts.end),
    ]
  }
  if (parts.items.some(({ odd }) => odd)) throw new Doubt("a comma behind a comment")
  const units = unitsOf(sides, nodes, parts.items, alive)
  const trailing = parts.items.at(-1)!.after.startsWith(",")
  return [...open, ...withCommas(units, trailing), ...plain(parts.end)]
}

/** Brackets that are or become empty. */
function fromNothing(sides: Sides, ours: Node, parts: ReturnType<typeof delimParts>, alive: readonly Entry[]): Rope {
  const around = parts.items.map(({ before, after }) => before + after).join("") + parts.end.slice(0, -1)
  if (/[^\s,]/.test(around)) throw new Doubt("comments between brackets")
  const indent = indentOf(sides.ours.text, ours.start)
  const ropes = alive.map((entry) => {
    if (entry.kind !== "theirs") throw new Doubt("a conflict between empty brackets")
    const text = delimItem(sides, "theirs", entry.item, indent)
    if (text.includes("\n")) throw new Doubt("lines between empty brackets")
    return plain(text)
  })
  return ropes.flatMap((rope, index) => (index === 0 ? rope : [...plain(", "), ...rope]))
}

function unitsOf(
  sides: Sides,
  nodes: Three<Node>,
  parts: readonly DelimPart[],
  alive: readonly Entry[],
): readonly Unit[] {
  const { ours, theirs } = nodes
  const { text } = sides.ours
  const first = ours.items[0]!
  const spread = parts[0]!.before.includes("\n")
  const indent = indentOf(text, spread ? first.start : ours.start)
  const blank = spread ? `\n${text.slice(first.start - indent, first.start)}` : " "
  const theirParts = theirs.layout === "delim" ? delimParts(sides.theirs.text, theirs).items : []
  const fronts = frontsOf(sides, nodes, parts, alive)
  const [places, theirPlaces] = [placesOf(ours), placesOf(theirs)]
  const frontOf = (index: number, before: string): string => {
    if (spread || before.trim() !== "") return before
    return index === 0 ? parts[0]!.before : before === "" ? blank : before
  }
  return alive.map((entry, index): Unit => {
    switch (entry.kind) {
      case "theirs": {
        const rope = plain(delimItem(sides, "theirs", entry.item, indent))
        if (!spread) return { before: index === 0 ? parts[0]!.before : blank, rope, after: "" }
        const part = theirs.layout === "delim" ? theirParts[theirPlaces.get(entry.item)!] : undefined
        const comments = commentLines(part?.before ?? "").map((line) => `${blank}${line}`)
        return { before: comments.join("") + blank, rope, after: (part?.after ?? "").replace(/^,/, "") }
      }
      case "open": {
        const texts = {
          base: delimItem(sides, "base", entry.base, indent),
          theirs: delimItem(sides, "theirs", entry.item, indent),
        }
        return { before: blank, rope: [{ kind: "open", ours: "", ...texts, at: showPath(entry.path) }], after: "" }
      }
      case "ours":
      case "clash": {
        const { after } = parts[places.get(entry.item)!]!
        const before = fronts[index]!
        return {
          before: ours.items[index] === entry.item ? before : frontOf(index, before),
          rope: entry.kind === "clash" ? [entry.open] : entry.rope,
          after,
        }
      }
      case "gone":
        return { before: "", rope: [], after: "" }
    }
  })
}

/**
 * The units with a comma behind each that another one follows. That can differ between the sides of an open place: then
 * the comma is a part of the conflict, so that each side is right as a whole.
 */
function withCommas(units: readonly Unit[], trailing: boolean): Rope {
  const ropes: Rope[] = []
  let follows: PerSide = { base: trailing, ours: trailing, theirs: trailing }
  let at = ""
  for (const [index, { before, rope, after }] of [...units.entries()].toReversed()) {
    const rest = after.startsWith(",") ? after.slice(1) : after
    const comma = { base: follows.base ? "," : "", ours: follows.ours ? "," : "", theirs: follows.theirs ? "," : "" }
    const joined = !isSame(follows)
    const [chunk] = rope
    if (rope.length === 1 && chunk?.kind === "open") {
      follows = {
        base: follows.base || chunk.base !== "",
        ours: follows.ours || chunk.ours !== "",
        theirs: follows.theirs || chunk.theirs !== "",
      }
      // What is in front of it goes with it where it continues a line, or a conflict.
      const front = !before.includes("\n") || (index > 0 && !isSame(follows)) ? before : ""
      const side = (name: keyof PerSide): string => (chunk[name] === "" ? "" : front + chunk[name] + comma[name] + rest)
      const open: Rope = [{ ...chunk, base: side("base"), ours: side("ours"), theirs: side("theirs"), joined }]
      ropes.push([...plain(front === "" ? before : ""), ...open])
      at = chunk.at
    } else {
      const commas: Rope = joined ? [{ kind: "open", ...comma, at, joined }] : plain(comma.ours)
      ropes.push([...plain(before), ...rope, ...commas, ...plain(rest)])
      follows = { base: true, ours: true, theirs: true }
    }
  }
  return ropes.toReversed().flat()
}

interface PerSide {
  readonly base: boolean
  readonly ours: boolean
  readonly theirs: boolean
}

function isSame({ base, ours, theirs }: PerSide): boolean {
  return base === ours && ours === theirs
}
