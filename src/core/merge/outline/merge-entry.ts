import { isClean } from "../formats/segments.ts"
import { textFormat } from "../formats/text.ts"
import { relPathOf } from "../../model/path.ts"
import { textOf } from "../text/lines.ts"
import { joinInline, listSides, mergeItems } from "./merge-list.ts"
import { indentOf, linesOfEntry, type Body, type Entry } from "./outline.ts"
import { sameButBlanks, sameWriting, shifted, shiftedLines, type Output } from "./output.ts"

/** Merges what is inside of a container; handed down, since bodies hold entries and entries bodies. */
export type MergeInside = (
  base: Body | undefined,
  ours: Body,
  theirs: Body,
  line: number,
  options: { readonly lastComma?: boolean },
) => void

/** Merges an entry that both sides have; `base` is missing when both added it. */
export function mergeEntry(
  base: Entry | undefined,
  ours: Entry,
  theirs: Entry,
  out: Output,
  inside: MergeInside,
): void {
  const indent = indentOf(ours)
  if (sameWriting(ours, theirs)) return out.agreed(linesOfEntry(ours))
  if (base !== undefined && sameWriting(base, theirs)) return out.agreed(linesOfEntry(ours))
  if (base !== undefined && sameWriting(base, ours)) return out.agreed(shiftedLines(theirs, indent))
  const after = pickTail(base, ours, theirs)
  if (after === undefined) return conflict(base, ours, theirs, out)
  if (isBlock(ours) && isBlock(theirs) && (base === undefined || isBlock(base)))
    return mergeBlock(base, ours, theirs, after, out, inside)
  // Before the value as a whole: the team may have written comments between the items.
  if (ours.body !== undefined && mergeList(base, ours, theirs, after, out, inside)) return
  const value = pickValue(base, ours, theirs)
  if (value !== undefined) {
    // With another layout the rest of the entry comes along: brackets and items are one piece of writing.
    const { from } = value
    if (from === theirs && ours.body !== undefined && (base === undefined || !sameButBlanks(base, ours)))
      return conflict(base, ours, theirs, out)
    if (ours.body !== undefined || from.body !== undefined) return out.agreed(shiftedLines(from, indent))
    const [first, ...rest] = value.text.split("\n")
    const more = shifted(rest, indentOf(from), indent)
    const text = [pickBefore(base, ours, theirs) + first!, ...more].join("\n") + after
    return out.agreed(text.split("\n"))
  }
  if (mergeList(base, ours, theirs, after, out, inside)) return
  if (bringsNothing(base, ours, theirs)) return out.agreed(linesOfEntry(ours))
  if (mergeLines(base, ours, theirs, out)) return
  conflict(base, ours, theirs, out)
}

function mergeBlock(
  base: Entry | undefined,
  ours: Entry,
  theirs: Entry,
  after: string,
  out: Output,
  inside: MergeInside,
): void {
  const value = pickValue(base, ours, theirs)
  if (value === undefined) return conflict(base, ours, theirs, out)
  const head = (pickBefore(base, ours, theirs) + value.text + after).split("\n")
  out.agreed(head)
  inside(base?.body, ours.body!, theirs.body!, ours.line + head.length, {})
  if (ours.close !== undefined) out.agreed([base?.close === ours.close ? shiftedClose(ours, theirs) : ours.close])
}

function shiftedClose(ours: Entry, theirs: Entry): string {
  return shifted([theirs.close ?? ours.close!], indentOf(theirs), indentOf(ours))[0]!
}

/** Lists whose items may be merged one by one, each side's additions and removals applied. */
function mergeList(
  base: Entry | undefined,
  ours: Entry,
  theirs: Entry,
  after: string,
  out: Output,
  inside: MergeInside,
): boolean {
  const sides = listSides(base, ours, theirs)
  if (sides === undefined) return false
  const before = pickBefore(base, ours, theirs)
  if (sides.layout === "inline") {
    const items = mergeItems(sides.base, sides.ours, sides.theirs)
    if (items === undefined) return false
    out.agreed((before + joinInline(ours.list!, items) + after).split("\n"))
    return true
  }
  out.agreed([before + after])
  const { trailing } = ours.list!
  inside(sides.base, sides.ours, sides.theirs, ours.line + 1, { lastComma: trailing })
  if (ours.close !== undefined) out.agreed([ours.close])
  return true
}

/**
 * Values of several lines that cannot be looked into: their lines are merged. So are lists of things that are, but only
 * without a conflict: else it is the list as a whole that a person has to see.
 */
function mergeLines(base: Entry | undefined, ours: Entry, theirs: Entry, out: Output): boolean {
  if (base === undefined || ![base, ours, theirs].every(isLong)) return false
  const indent = indentOf(ours)
  const text = (entry: Entry): string => textOf(shiftedLines(entry, indent))
  const texts = { path: relPathOf("value"), base: text(base), ours: text(ours), theirs: text(theirs) }
  const { segments } = textFormat.merge(texts)
  if (ours.list !== undefined && !isClean(segments)) return false
  for (const segment of segments) {
    if (segment.kind === "agreed") out.agreed(segment.text.slice(0, -1).split("\n"))
    else
      out.conflict(lines(segment.base ?? ""), lines(segment.ours), lines(segment.theirs), ours.line + segment.line - 1)
  }
  return true
}

/** Whether ours has done to a list all that theirs did, and more. */
function bringsNothing(base: Entry | undefined, ours: Entry, theirs: Entry): boolean {
  if (base?.list === undefined || ours.list === undefined || theirs.list === undefined) return false
  const [b, o, t] = [base.list, ours.list, theirs.list].map(({ items }) => new Set(items.map(({ canon }) => canon)))
  return [...t!].every((canon) => o!.has(canon)) && [...b!].every((canon) => t!.has(canon) || !o!.has(canon))
}

function isLong({ value, body, list }: Entry): boolean {
  return body === undefined ? value.includes("\n") : (list?.items.some(({ text }) => text.includes("\n")) ?? false)
}

function lines(text: string): readonly string[] {
  return text === "" ? [] : text.slice(0, -1).split("\n")
}

function conflict(base: Entry | undefined, ours: Entry, theirs: Entry, out: Output): void {
  const indent = indentOf(ours)
  const before = base === undefined ? [] : shiftedLines(base, indent)
  out.conflict(before, linesOfEntry(ours), shiftedLines(theirs, indent), ours.line)
}

function isBlock(entry: Entry): boolean {
  return entry.body !== undefined && entry.list === undefined
}

interface PickedValue {
  readonly text: string
  readonly from: Entry
}

/** undefined: both changed what the value means, in different ways. */
function pickValue(base: Entry | undefined, ours: Entry, theirs: Entry): PickedValue | undefined {
  const mine = { text: ours.value, from: ours }
  const other = { text: theirs.value, from: theirs }
  if (ours.canon === theirs.canon) return base !== undefined && base.value === ours.value ? other : mine
  if (base?.canon === theirs.canon) return mine
  return base?.canon === ours.canon ? other : undefined
}

/** Key and separator: only their spelling can differ. */
function pickBefore(base: Entry | undefined, ours: Entry, theirs: Entry): string {
  const indent = indentOf(ours)
  const [other] = shifted([theirs.before], indentOf(theirs), indent)
  const unchanged = base !== undefined && shifted([base.before], indentOf(base), indent)[0] === ours.before
  return unchanged ? other! : ours.before
}

/** The comment on the line; undefined when both wrote another one. */
function pickTail(base: Entry | undefined, ours: Entry, theirs: Entry): string | undefined {
  const [b, o, t] = [base?.after ?? "", ours.after, theirs.after]
  const same = (x: string, y: string): boolean => x.trim() === y.trim()
  if (same(o, t) || same(b, t)) return o
  if (same(b, o)) return t
  return undefined
}
