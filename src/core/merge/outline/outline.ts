/**
 * A file of whole lines taken apart: entries (rules, settings, blocks, sections), and the blank and comment lines
 * around them. Written out again by `linesOfBody` it gives the same bytes.
 */
export interface Body {
  /** Comments at the top that speak of the whole. */
  readonly header: readonly string[]
  readonly entries: readonly Entry[]
  /** Blank and comment lines behind the last entry. */
  readonly foot: readonly string[]
}

/** One entry. Its first lines are `before + value + after`; a container goes on with `body` and maybe `close`. */
export interface Entry {
  /** What makes it the same entry on all sides. Where siblings share an id they are matched by content and order. */
  readonly id: string
  /** Tells siblings with one id apart, where all of them have another one: the name inside of an unlabelled block. */
  readonly alias?: string
  /** What it means for the file's value, when that differs from the id: dotted keys name several levels. */
  readonly path?: readonly string[]
  /** Blank and comment lines directly in front. */
  readonly lead: readonly string[]
  /** Indentation, key and separator. */
  readonly before: string
  /** The value as written; "" for a container. It may span lines. */
  readonly value: string
  /** A comment behind the value, with the blanks and the comma in front of it. */
  readonly after: string
  /** What the value means: equal text, equal meaning. */
  readonly canon: string
  readonly body?: Body
  /** The closing line of a container. */
  readonly close?: string
  /** The value is a list. Its items, when they may be merged one by one. */
  readonly list?: ListValue
  /** Number of the first line behind the lead, from 1. */
  readonly line: number
}

export interface ListValue {
  /** "lines": each item starts its own line, in `body`; "inline": all on one line. */
  readonly layout: "lines" | "inline"
  readonly items: readonly ListItem[]
  /** Inline: what is written before the first item, between two, and behind the last. */
  readonly open: string
  readonly separator: string
  readonly close: string
  /** Lines: whether a comma is written behind the last item too. In memory each item's `after` has one. */
  readonly trailing: boolean
  /** Whether commas part the items at all, or line ends alone. */
  readonly comma: boolean
  /** Each item stands for itself: even where one side has an altogether other list, the other's additions go along. */
  readonly independent?: boolean
}

export interface ListItem {
  readonly id: string
  readonly text: string
  readonly canon: string
}

/** The text is not of the format, or uses parts of it that are not understood here. */
export class Unreadable extends Error {}

/** A key is set twice: never a leaf to be looked over, wherever it is. */
export class RepeatedKey extends Unreadable {}

export const EMPTY_BODY: Body = { header: [], entries: [], foot: [] }

/** The lines of a body, as they stand in the file. */
export function linesOfBody(body: Body): readonly string[] {
  const lines: string[] = []
  addBody(body, lines)
  return lines
}

/** The lines of an entry, without the lead. */
export function linesOfEntry(entry: Entry): readonly string[] {
  const lines: string[] = []
  addEntry(entry, lines)
  return lines
}

// Into one list, so that what is nested deep is not copied level by level.
function addBody({ header, entries, foot }: Body, lines: string[]): void {
  for (const line of header) lines.push(line)
  for (const entry of entries) {
    for (const line of entry.lead) lines.push(line)
    addEntry(entry, lines)
  }
  for (const line of foot) lines.push(line)
}

function addEntry(entry: Entry, lines: string[]): void {
  for (const line of (entry.before + entry.value + entry.after).split("\n")) lines.push(line)
  if (entry.body !== undefined) addBody(writtenBody(entry, entry.body), lines)
  if (entry.body !== undefined && entry.close !== undefined) lines.push(entry.close)
}

function writtenBody(entry: Entry, body: Body): Body {
  if (entry.list === undefined || entry.list.trailing || body.entries.length === 0) return body
  return { ...body, entries: [...body.entries.slice(0, -1), withoutComma(body.entries.at(-1)!)] }
}

/** In memory each item of a list has its comma; the last one is written without when that is the list's style. */
export function withoutComma(item: Entry): Entry {
  return { ...item, after: item.after.replace(",", "") }
}

/** The blanks that an entry starts with. */
export function indentOf({ before }: Entry): string {
  return /^[ \t]*/.exec(before)![0]
}
