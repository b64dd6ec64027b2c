import { showPath } from "./key-path.ts"
import { columnOf, indentOf, lineStart } from "./layout.ts"
import type { Item, KeyPath, Range } from "./model.ts"
import { plain, type OpenChunk, type Rope } from "./rope.ts"
import { adaptedItem, Doubt, type Sides, type Three } from "./sides.ts"

/** A merged part of ours, and what it means with ours at the open places. */
export interface Merged {
  readonly rope: Rope
  readonly canon: string
}

export interface MergedItem extends Merged {
  /** Its key in the result. */
  readonly key: string | null
}

/** Merges one member. A parameter of what merges containers, since either needs the other. */
export type MergeItem = (sides: Sides, path: KeyPath, items: Three<Item>) => MergedItem

export function oursAt(sides: Sides, range: Range): Rope {
  return plain(sides.ours.text.slice(...range))
}

/** The item of ours, without its lead, as a place to be settled. */
export function openItem(sides: Sides, path: KeyPath, { base, ours, theirs }: OpenSides & { ours: Item }): OpenChunk {
  const { text } = sides.ours
  const start = ours.own ? lineStart(text, ours.start) : ours.start
  const side = (from: "base" | "theirs", item: Item | undefined): string => {
    if (item === undefined) return ""
    return ours.inLines
      ? lineItem(sides, from, item, columnOf(text, ours.start), ours.own)
      : delimItem(sides, from, item, indentOf(text, ours.start))
  }
  const mine = text.slice(start, ours.end)
  return { kind: "open", ours: mine, base: side("base", base), theirs: side("theirs", theirs), at: showPath(path) }
}

export interface OpenSides {
  readonly base: Item | undefined
  readonly theirs: Item | undefined
}

/** An item of the base or theirs as lines of ours; `own` false: as the rest of a line. */
export function lineItem(sides: Sides, from: "base" | "theirs", item: Item, column: number, own: boolean): string {
  if (item.inLines) return adaptedItem(sides, from, item, column, own)
  const text = sides.adapter.asLineItem(sides[from], item, sides.ours, column)
  if (text === undefined) throw new Doubt("no lines can be made of it")
  return own ? text : text.trimStart()
}

/** An item of the base or theirs as it stands between commas of ours. */
export function delimItem(sides: Sides, from: "base" | "theirs", item: Item, indent: number): string {
  const text = sides.adapter.asDelimItem(sides[from], item, sides.ours, indent)
  if (text === undefined) throw new Doubt("it does not go between commas")
  return text
}
